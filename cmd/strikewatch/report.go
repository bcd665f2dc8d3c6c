package main

import (
	"context"
	"strings"

	"strikewatch/data"
	reports "strikewatch/data/report"
)

// report builds the border report.
func report(ctx context.Context, p *program, args []string) error {
	if len(args) == 0 || args[0] != "border" {
		if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
			args = nil
		} else {
			return usagef("say which report: strikewatch report border")
		}
	} else {
		args = args[1:]
	}
	o := newOptions(p, "report", "report border --border CODE --within 30km --period FROM/TO [--format F] [-o FILE] [filters]")
	format := o.String("format", "html", "html, json, geojson, csv or text")
	file := o.String("o", "", "`FILE` to write, whole or not at all; standard output when not given")
	o.String("within", "", "distance from the border, for example 30km")
	o.String("period", "", "first and last day, for example 2024-09-01/2024-11-30")
	names, err := o.filterFlags(data.Incidents)
	if err != nil {
		return err
	}
	names["within"], names["period"] = "within", "period"
	if args == nil {
		args = []string{"--help"}
	}
	rest, err := o.parse(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("%q is too much: %s", rest[0], strings.Join(rest, " "))
	}
	store, err := o.openStore()
	if err != nil {
		return err
	}
	defer store.Close()
	_, body, err := reports.Render(ctx, store, o.given(names), *format)
	if err != nil {
		return err
	}
	out, commit, err := p.output(*file)
	if err != nil {
		return err
	}
	_, err = out.Write(body)
	return commit(err)
}
