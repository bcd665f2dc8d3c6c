-- Versions that become public only after they were recorded: few among many.
CREATE INDEX version_delayed ON version (public_from) WHERE public_from > recorded_at;
