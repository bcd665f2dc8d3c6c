package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"strikewatch/data"
	"strikewatch/data/proof"
)

// signerKey reads the key that signs the change log, or makes one beside the
// database, with its public half in a file of its own to be given away.
func signerKey(db, file string) (data.Signer, error) {
	if file == "" {
		file = db + ".key"
	}
	key, err := readKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = proof.NewKey(rand.Reader, "strikewatch"); err != nil {
		return key, err
	}
	if err := os.WriteFile(file, []byte(key.Signer+"\n"), 0o600); err != nil {
		return key, err
	}
	return key, os.WriteFile(strings.TrimSuffix(file, ".key")+".pub", []byte(key.Verifier+"\n"), 0o644)
}

// readKey reads a signing key; the error wraps fs.ErrNotExist when there is none.
func readKey(file string) (data.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return data.Signer{}, err
	}
	signer := strings.TrimSpace(string(text))
	verifier, err := proof.VerifierOf(signer)
	if err != nil {
		return data.Signer{}, fmt.Errorf("%s: %w", file, err)
	}
	return data.Signer{Signer: signer, Verifier: verifier}, nil
}
