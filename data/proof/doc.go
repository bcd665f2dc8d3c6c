// Package proof keeps the change log that nobody can alter unseen, and checks
// it without the program that wrote it.
//
// # What is promised
//
// Every write appends one [Leaf] to a Merkle tree (RFC 6962, SHA-256). Now and
// then the operator signs the root: a [Checkpoint]. Whoever has kept one can
// later tell whether any record version up to its size was changed, removed or
// slipped in. What no signature covers yet can still be rewritten, and the
// operator can show two people two logs until they compare checkpoints: so
// publish them widely and often.
//
// # What a leaf says
//
// One JSON object without spaces, members in this order:
//
//	{"seq":17,"time":"2024-11-04T06:30:00.000000Z","operation":"update",
//	 "collection":"incidents","id":"mm-0119","version":3,
//	 "public_from":"2024-11-04T06:30:00.000000Z","public":"<hex>",
//	 "doc":"<hex>","author":"<hex>","reason":"<hex>"}
//
// (on one line). "public" is the SHA-256 of the public feature, byte for byte
// as the program serves and exports it. The full document may hold what must
// stay secret (exact places, sources), and so may the coder's name and the
// reason: they are commitments, SHA-256(nonce || value), the nonce being
// SHA-256(salt || "doc"), SHA-256(salt || "author") or SHA-256(salt ||
// "reason"), with 16 random bytes of salt per leaf that stay in the database.
// A leaf, or its hash in somebody else's proof, thus lets nobody test a guess.
// An [Opening] shows one of them to whom it concerns and keeps the others
// closed. Members that do not apply (a deletion has no document, a withheld
// version no public feature) are null. A leaf's text is published with the
// version that it records, never before; its hash is always public.
//
// # The tree
//
// A leaf's hash is SHA-256(0x00 || text), a node's SHA-256(0x01 || left ||
// right); a tree of n leaves splits at the largest power of two below n. The
// leaf with seq s has index s-1. All hashes of complete subtrees are stored in
// the order of golang.org/x/mod/sumdb/tlog, in chunks of 256 ([ChunkStore]).
//
// A checkpoint is a signed note (c2sp.org/tlog-checkpoint):
//
//	example.org/strikewatch
//	120
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//	time 2024-11-04T07:00:00.000000Z
//
//	— example.org/strikewatch Az3grlgtzPICa5OS8npVmf1Myq/5IZni...
//
// the log's name, its size, its root in base64, when it was signed, a blank
// line and an Ed25519 signature of the lines before it.
//
// # By hand
//
// With coreutils: a feature from an export against its leaf,
//
//	printf %s "$feature" | sha256sum          # the leaf's "public"
//
// a leaf's hash, and the joining of two hashes h1 (left) and h2 (right) that
// lie in files as 32 bytes each,
//
//	{ printf '\000'; printf %s "$leaf"; } | sha256sum
//	{ printf '\001'; cat h1 h2; } | sha256sum
//
// Start with the leaf's hash and join the steps of the path, each on the side
// that the JSON form names, until the root of the checkpoint comes out. The
// script by-hand.sh ([ByHand]) does all this and checks the signature with
// OpenSSL, for proofs in the format of c2sp.org/tlog-proof ([Inclusion.Text]).
//
// # Verification
//
// [Verify] reads a database's rows once and finds every byte that is not as it
// was logged, in rows, stored hashes and checkpoints, and names the place.
// [VerifyBundle] and [VerifyExport] do so for records that left the database.
package proof

import _ "embed"

//go:embed by-hand.sh
var byHand string

// ByHand returns the shell script that checks a proof with coreutils and
// OpenSSL only.
func ByHand() string { return byHand }
