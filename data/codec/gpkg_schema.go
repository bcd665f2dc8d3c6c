package codec

import (
	"strings"

	"strikewatch/data/columns"
)

// gpkgTables makes the tables of GeoPackage 1.3 (OGC 12-128r17) and of its
// extensions schema, metadata and rtree; gpkg_ogr_contents is GDAL's, so that
// it knows the row count, and layer_styles is where QGIS looks for styles.
const gpkgTables = `
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
  ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write'),
  ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write');
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
`

// layerStylesTable is what QGIS creates when it saves a style.
const layerStylesTable = `
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
`

// gpkgLayerTable makes the table of the features.
func gpkgLayerTable(m *Meta) string {
	var q strings.Builder
	q.WriteString("CREATE TABLE " + quoteName(m.Layer) + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL")
	if m.Schema.Geometry != "" {
		q.WriteString(", geom " + strings.ToUpper(m.Schema.Geometry))
	}
	for i := range m.Schema.Fields {
		f := &m.Schema.Fields[i]
		q.WriteString(", " + quoteName(f.Name) + " " + gpkgType(f.Type))
	}
	q.WriteString(")")
	return q.String()
}

func gpkgType(t columns.Type) string {
	switch t {
	case columns.Int:
		return "INTEGER"
	case columns.Real:
		return "REAL"
	case columns.Bool:
		return "BOOLEAN"
	case columns.Day:
		return "DATE"
	case columns.Time:
		return "DATETIME"
	}
	return "TEXT"
}

// gpkgInsert takes the geometry, if any, and the fields in order.
func gpkgInsert(m *Meta) string {
	n := len(m.Schema.Fields)
	if m.Schema.Geometry != "" {
		n++
	}
	return "INSERT INTO " + quoteName(m.Layer) + " VALUES (NULL" + strings.Repeat(", ?", n) + ")"
}

// gpkgTriggers keeps the spatial index true when somebody edits the layer
// (GeoPackage 1.3, annex F.3). The functions are the editor's to provide.
func gpkgTriggers(layer string) string {
	return strings.NewReplacer(
		"<t>", quoteName(layer),
		"<r>", quoteName("rtree_"+layer+"_geom"),
		"<n:", `"rtree_`+strings.ReplaceAll(layer, `"`, `""`)+"_geom_", ":>", `"`,
		"<values>", `NEW.fid, ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")`,
		"<full>", `NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom")`,
		"<void>", `NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom")`,
	).Replace(`
CREATE TRIGGER <n:insert:> AFTER INSERT ON <t> WHEN (<full>)
  BEGIN INSERT OR REPLACE INTO <r> VALUES (<values>); END;
CREATE TRIGGER <n:update1:> AFTER UPDATE OF "geom" ON <t> WHEN OLD.fid = NEW.fid AND (<full>)
  BEGIN INSERT OR REPLACE INTO <r> VALUES (<values>); END;
CREATE TRIGGER <n:update2:> AFTER UPDATE OF "geom" ON <t> WHEN OLD.fid = NEW.fid AND (<void>)
  BEGIN DELETE FROM <r> WHERE id = OLD.fid; END;
CREATE TRIGGER <n:update3:> AFTER UPDATE ON <t> WHEN OLD.fid != NEW.fid AND (<full>)
  BEGIN DELETE FROM <r> WHERE id = OLD.fid; INSERT OR REPLACE INTO <r> VALUES (<values>); END;
CREATE TRIGGER <n:update4:> AFTER UPDATE ON <t> WHEN OLD.fid != NEW.fid AND (<void>)
  BEGIN DELETE FROM <r> WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER <n:delete:> AFTER DELETE ON <t> WHEN OLD."geom" NOT NULL
  BEGIN DELETE FROM <r> WHERE id = OLD.fid; END;
`)
}

// gpkgCountTriggers keeps GDAL's row count true.
func gpkgCountTriggers(layer string) string {
	text := "'" + strings.ReplaceAll(layer, "'", "''") + "'"
	return strings.NewReplacer("<t>", quoteName(layer), "<in>", quoteName("trigger_insert_feature_count_"+layer),
		"<del>", quoteName("trigger_delete_feature_count_"+layer), "<name>", text).Replace(`
CREATE TRIGGER <in> AFTER INSERT ON <t>
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower(<name>); END;
CREATE TRIGGER <del> AFTER DELETE ON <t>
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE lower(table_name) = lower(<name>); END;
`)
}

// quoteName writes an SQL identifier.
func quoteName(s string) string {
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
