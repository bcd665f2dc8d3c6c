ALTER TABLE raw ADD PRIMARY KEY (id);
CREATE INDEX ON raw USING gist (geom);
CREATE INDEX ON raw (date_start);
CREATE INDEX ON raw (kind);
