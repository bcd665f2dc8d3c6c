"""Reads files with pyarrow, geopandas and openpyxl and prints what they hold.

usage: read.py FILE[:LAYER]...

A JSON array of one object per file: "features" as GeoJSON writes them, for
.parquet and .arrows also "types" (column to Arrow type), "metadata" and "crs",
or, of more than 1000 rows, only how many there are and, of Parquet, how many in
a box, of Arrow, how many values "note" has.
"""
import datetime
import json
import sys
import warnings

warnings.simplefilter("error")


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def parquet(path):
    import geopandas
    import pyarrow.parquet
    import shapely

    table = pyarrow.parquet.read_table(path)
    metadata = {k.decode(): json.loads(v) for k, v in (table.schema.metadata or {}).items()}
    out = {"types": {f.name: str(f.type) for f in table.schema}, "metadata": metadata, "columns": table.column_names}
    if len(table) > 1000:  # too many to print: count them, and those in a box
        return out | {"rows": len(table), "in_box": len(geopandas.read_parquet(path, bbox=(97, 22, 98, 23)))}
    geometry = [None] * len(table)
    if "geo" in metadata:
        frame = geopandas.read_parquet(path)
        out["crs"] = str(frame.crs)
        geometry = [None if g is None else json.loads(shapely.to_geojson(g)) for g in frame.geometry]
    rows = table.drop_columns([c for c in ("geometry", "bbox") if c in table.column_names]).to_pylist()
    out["features"] = [
        {"geometry": g, "properties": {k: plain(v) for k, v in row.items()}} for row, g in zip(rows, geometry)
    ]
    return out


def arrow(path):
    import geopandas
    import pyarrow
    import shapely

    with pyarrow.ipc.open_stream(path) as stream:
        table = stream.read_all()
    metadata = {k.decode(): json.loads(v) for k, v in (table.schema.metadata or {}).items()}
    types = {f.name: str(f.type.value_type if pyarrow.types.is_dictionary(f.type) else f.type) for f in table.schema}
    out = {"types": types, "metadata": metadata, "columns": table.column_names}
    if len(table) > 1000:  # too many to print: the distinct values of the last column of texts
        return out | {"rows": len(table), "distinct": len(table.column("note").unique())}
    geometry = [None] * len(table)
    if "geometry" in types:
        frame = geopandas.GeoDataFrame.from_arrow(table)
        out["crs"] = str(frame.crs)
        known = table.column("geometry").is_valid().to_pylist()
        geometry = [json.loads(shapely.to_geojson(g)) if k else None for g, k in zip(frame.geometry, known)]
        table = table.drop_columns(["geometry"])
    out["features"] = [
        {"geometry": g, "properties": {k: plain(v) for k, v in row.items()}} for row, g in zip(table.to_pylist(), geometry)
    ]
    return out


def workbook(path):
    import openpyxl

    sheets = openpyxl.load_workbook(path)
    sheet = sheets.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    return {
        "sheets": sheets.sheetnames,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "features": [{"geometry": None, "properties": dict(zip(rows[0], map(plain, row)))} for row in rows[1:]],
    }


def other(path, layer):
    import geopandas
    import shapely

    frame = geopandas.read_file(path, layer=layer) if layer else geopandas.read_file(path)
    geometry = frame.geometry if isinstance(frame, geopandas.GeoDataFrame) else [None] * len(frame)
    return {
        "columns": list(frame.columns),
        "features": [{"geometry": None if g is None else json.loads(shapely.to_geojson(g)), "properties": {}} for g in geometry],
    }


def read(target):
    path, _, layer = target.partition(":")
    if path.endswith(".parquet"):
        return parquet(path)
    if path.endswith(".arrows"):
        return arrow(path)
    if path.endswith(".xlsx"):
        return workbook(path)
    return other(path, layer)


json.dump([read(target) for target in sys.argv[1:]], sys.stdout, ensure_ascii=True)
