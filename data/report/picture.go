package report

import (
	"context"

	"strikewatch/data"
)

func renderSVG(ctx context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	m, err := NewMap(ctx, s, b)
	if err != nil {
		return nil, err
	}
	return []byte(m.svg(wideMap, "c")), nil
}

func renderPNG(ctx context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	m, err := NewMap(ctx, s, b)
	if err != nil {
		return nil, err
	}
	return m.png(wideMap)
}
