package codec

import "strikewatch/data/columns"

// record is one feature's geometry (nil when null) and values in field order.
type record = columns.Record

// reader decodes features of one schema into a record that it reuses.
type reader struct {
	schema *columns.Schema
	record record
}

// read decodes b; the record holds until the next call.
func (r *reader) read(b []byte) (*record, error) {
	if err := r.schema.Decode(b, &r.record); err != nil {
		return nil, badFeature{err}
	}
	return &r.record, nil
}
