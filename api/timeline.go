package api

func timelineSchema() object { return object{"type": "object"} }
func summarySchema() object  { return object{"type": "object"} }
