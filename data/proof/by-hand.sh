#!/bin/sh
# Checks a proof of a Strikewatch log (a .tlog-proof file) with coreutils and
# OpenSSL 3 only: sh by-hand.sh FILE VERIFIER-KEY
# The verifier key must come from somewhere other than the proof.
set -eu
file=$1
key=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sum() { sha256sum | cut -c1-64 | tr a-f A-F | basenc -d --base16; }
line() { sed -n "$1p" "$file"; }

[ "$(line 1)" = c2sp.org/tlog-proof@v1 ]
line 2 | sed 's/^extra //' | base64 -d >"$work/leaf"
at=$(line 3 | sed 's/^index //')
blank=$(grep -n -m1 '^$' "$file" | cut -d: -f1)
sed "1,${blank}d" "$file" >"$work/checkpoint"
size=$(sed -n 2p "$work/checkpoint")

# The leaf's hash is SHA-256 of a zero byte and the leaf's text. Its seq
# counts from 1, the index from 0.
grep -q "^{\"seq\":$((at + 1))," "$work/leaf" || { echo "The leaf is not the one at index $at."; exit 1; }
{ printf '\000'; cat "$work/leaf"; } | sum >"$work/hash"

# Each step joins two hashes: SHA-256 of a one byte, the left, the right one.
last=$((size - 1))
step=4
while [ "$last" -gt 0 ]; do
	if [ $((at % 2)) -eq 1 ] || [ "$at" -lt "$last" ]; then
		line "$step" | base64 -d >"$work/step"
		if [ $((at % 2)) -eq 1 ]; then
			{ printf '\001'; cat "$work/step" "$work/hash"; } | sum >"$work/joined"
		else
			{ printf '\001'; cat "$work/hash" "$work/step"; } | sum >"$work/joined"
		fi
		mv "$work/joined" "$work/hash"
		step=$((step + 1))
	fi
	at=$((at / 2))
	last=$((last / 2))
done
if [ "$step" -ne "$blank" ] || [ "$(base64 <"$work/hash")" != "$(sed -n 3p "$work/checkpoint")" ]; then
	echo "The path does not lead to the signed root."
	exit 1
fi

# What is signed are the checkpoint's lines before the blank one. A signature
# line holds, in base64, 4 bytes of key hash and 64 bytes of signature; a key
# text ends in base64 of one byte (1 for Ed25519) and the 32 bytes of the key.
sed '/^$/,$d' "$work/checkpoint" >"$work/signed"
name=${key%%+*}
awk -v n="$name" '$1 == "—" && $2 == n { print $3; exit }' "$work/checkpoint" | base64 -d | tail -c +5 >"$work/signature"
{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; printf %s "${key#*+*+}" | base64 -d | tail -c +2; } >"$work/public.der"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/public.der" -rawin -in "$work/signed" -sigfile "$work/signature" >/dev/null 2>&1 ||
	{ echo "The checkpoint is not signed by $key."; exit 1; }
[ "$(head -n 1 "$work/signed")" = "$name" ] || { echo "The checkpoint is of another log."; exit 1; }

echo "The log holds this leaf."
cat "$work/leaf"
echo
