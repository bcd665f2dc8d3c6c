package main

const manual = `Strikewatch keeps documented strikes and dated territorial control in one SQLite
file, and serves them as a web map, as open geodata and as scheduled reports.

Usage: strikewatch COMMAND [flags]

Commands:
  serve     serve the map and the API at http://127.0.0.1:8080. A missing
            database is made and filled with the starter dataset (--empty: not).
            Schedules in the --config file build and deliver reports. --contact
            names who mends errors: a mail address or a web page, offered at each
            incident. --basemap draws a PMTiles file, or a MapLibre style by its
            address, below the map, which else needs nothing but this program.
  import    record a CSV file of incidents, columns named as in the CSV export:
            all of its rows or none
  export    write a collection, under the API's filters, in an open format:
              strikewatch export --format geojson --datetime 2024-11-01 -o strikes.geojson
              strikewatch export territory --format gpkg --datetime 2024-11-01 -o held.gpkg
  report    build the border report:
              strikewatch report border --border mmr-chn --within 30km \
                --period 2024-09-01/2024-11-30 --format html -o border.html
  verify    recompute the change log from the records, offline, and name what
            was altered
  version   print the version

Common flags:
  --db FILE            the database (default strikewatch.db in the working directory)
  --listen HOST:PORT   where serve listens (default 127.0.0.1:8080)
  --format F, -o FILE  of export and report (default: standard output)
  --config FILE        TOML with the same settings, names with _ for -

Filters carry the API's names: --bbox 97.6,22.8,97.9,23.1 --datetime 2024-09-01/..
--kind airstrike,drone_strike --held-by MNDAA --status corroborated
--border mmr-chn --within-km 50 --certainty certain --known-at 2025-01-01T00:00:00Z
` + "`strikewatch COMMAND --help`" + ` lists all flags of a command.

Every flag can come from the environment (STRIKEWATCH_DB, STRIKEWATCH_LISTEN ...)
or from the --config file; the command line wins, then the environment.

A schedule in the --config file:

  [smtp]
  host = "127.0.0.1"
  port = 25
  from = "Strikewatch <reports@example.org>"

  [[schedule]]
  name = "China border, monthly"
  cron = "0 7 1 * *"             # minute hour day month weekday
  time_zone = "Asia/Yangon"
  border = "mmr-chn"
  within_km = 30
  period = "previous month"      # or previous week, previous day, last N days
  recipients = ["desk@example.org"]
  directory = "/srv/reports"     # or besides

Results go to standard output, everything else to standard error.
Exit codes: 0 done; 1 failed; 2 the command line or an input is wrong;
3 verify found something altered.
`
