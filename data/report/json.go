package report

import (
	"context"
	"encoding/json"

	"strikewatch/data"
)

func renderJSON(_ context.Context, _ *data.Store, b *BorderReport) ([]byte, error) {
	return json.Marshal(b)
}
