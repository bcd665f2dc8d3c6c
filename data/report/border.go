package report

import (
	"context"

	"strikewatch/data"
)

// BorderReport is the built report.
type BorderReport struct {
	Border   string  `json:"border"`
	WithinKM float64 `json:"within_km"`
}

// BuildBorder answers a request from the public view.
func BuildBorder(_ context.Context, _ *data.Store, r BorderRequest) (*BorderReport, error) {
	return &BorderReport{Border: r.Border, WithinKM: r.WithinKM}, nil
}
