package api

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

func checkpointFormats() []format {
	return []format{jsonFormat(), {name: "note", title: "signed note", media: "text/plain; charset=utf-8"}}
}

// showCheckpoint answers with the signed head of the change log.
func (s *server) showCheckpoint(c *gin.Context) error {
	f, err := negotiate(c, checkpointFormats())
	if err != nil {
		return err
	}
	checkpoint, err := s.store.Checkpoint(c.Request.Context())
	if errors.Is(err, data.ErrNotFound) {
		return hinted{data.ErrNotFound, "the change log is not signed here", "", "start the server with a key"}
	}
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	if f.name == "note" {
		c.Data(http.StatusOK, f.media, []byte(checkpoint.Note))
		return nil
	}
	return s.answer(c, f, checkpoint, "", page{})
}

// showProof proves that the change log holds a record's present version.
func (s *server) showProof(c *gin.Context) error {
	f, err := negotiate(c, []format{jsonFormat()})
	if err != nil {
		return err
	}
	collection, fid := collectionIn(c), c.Param("fid")
	proof, err := s.store.Proof(c.Request.Context(), collection.ID, fid)
	if errors.Is(err, data.ErrNotFound) {
		return hinted{data.ErrNotFound, "there is no proof of " + quoted(fid) + " in " + collection.ID, "fid",
			"the ids are in " + s.itemsURL(c, collection.ID) + "; the log must be signed, see " + s.base(c) + "/api/checkpoint"}
	}
	if err != nil {
		return fmt.Errorf("proof of %s %s: %w", collection.ID, fid, err)
	}
	if s.notModified(c) {
		return nil
	}
	return s.answer(c, f, proof, "", page{})
}

// checkpointNote is the signed head that an export carries; empty where the
// log is not signed.
func (s *server) checkpointNote(c *gin.Context) (string, error) {
	checkpoint, err := s.store.Checkpoint(c.Request.Context())
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	return checkpoint.Note, err
}

func checkpointSchema() object {
	text := object{"type": "string"}
	return members(object{"origin": text, "size": object{"type": "integer"}, "root": text, "time": text, "note": text, "key": text}, "origin", "size", "root", "note")
}

func proofSchema() object {
	text, whole := object{"type": "string"}, object{"type": "integer"}
	return members(object{"seq": whole, "size": whole, "leaf": text, "leaf_hash": text, "root": text, "checkpoint": text,
		"path": listOf(members(object{"side": object{"type": "string", "enum": []string{"left", "right"}}, "hash": text}, "side", "hash"))},
		"seq", "size", "leaf", "leaf_hash", "path", "root", "checkpoint")
}
