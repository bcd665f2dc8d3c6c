package api

const mvtMedia = "application/vnd.mapbox-vector-tile"

type tileCache struct{}

func newTileCache() *tileCache { return &tileCache{} }
