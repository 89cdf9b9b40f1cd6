// SPDX-License-Identifier: MIT

// Rebuilds the tree of a published ledger with golang.org/x/mod/sumdb alone: the checkpoint opened by
// its key, the root from the entries, and each tile at each level, byte for byte.
// verify_tree FOLDER, the one that has checkpoint, key and tile/. tlog.TileHashReader of Debian 12
// leaves tiles unchecked (CVE-2026-56865) and is not used.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

var folder = os.Args[1]

func read(name string) []byte {
	content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		log.Fatal(err)
	}
	return content
}

// What openCheckpoint believes: signed by a key of the file key, and of the three lines of a checkpoint.
func openCheckpoint() (origin string, tree tlog.Tree) {
	var verifiers []note.Verifier
	for _, line := range strings.Fields(string(read("key"))) {
		verifier, err := note.NewVerifier(line)
		if err != nil {
			log.Fatal(err)
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(read("checkpoint"), note.VerifierList(verifiers...))
	if err != nil {
		log.Fatal(err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		log.Fatal("the checkpoint has not three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err64 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err64 != nil || len(root) != tlog.HashSize {
		log.Fatal("the checkpoint has no size or no root")
	}
	tree.N = size
	copy(tree.Hash[:], root)
	return lines[0], tree
}

// The path of a tile as C2SP has it, which leaves out the height that Go's has.
func path(kind string, tile tlog.Tile) string {
	rest := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/%d/", height, tile.L))
	return "tile/" + kind + "/" + rest
}

func entries(tile tlog.Tile) (found [][]byte) {
	bundle := read(path("entries", tile))
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			log.Fatal(path("entries", tile), " ends within an entry")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		found = append(found, bundle[2:end])
		bundle = bundle[end:]
	}
	if len(found) != tile.W {
		log.Fatalf("%s has %d entries", path("entries", tile), len(found))
	}
	return found
}

// The tiles of one level in a tree of that size, its last one partial. (tlog.NewTiles lists partial tiles
// of every width.)
func tilesOf(level int, size int64) (tiles []tlog.Tile) {
	count := size >> (height * level)
	for n := int64(0); n<<height < count; n++ {
		width := count - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		tiles = append(tiles, tlog.Tile{H: height, L: level, N: n, W: int(width)})
	}
	return tiles
}

// The root from the hashes that were stored. tlog.TreeHash has none for a tree without entries.
func rootOf(size int64, reader tlog.HashReader) tlog.Hash {
	if size == 0 {
		return sha256.Sum256(nil)
	}
	root, err := tlog.TreeHash(size, reader)
	if err != nil {
		log.Fatal(err)
	}
	return root
}

func main() {
	log.SetFlags(0)
	origin, tree := openCheckpoint()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for _, tile := range tilesOf(0, tree.N) {
		for i, entry := range entries(tile) {
			hashes, err := tlog.StoredHashes(tile.N<<height+int64(i), entry, reader)
			if err != nil {
				log.Fatal(err)
			}
			stored = append(stored, hashes...)
		}
	}
	if rootOf(tree.N, reader) != tree.Hash {
		log.Fatal("the entries have another root than the checkpoint")
	}
	count := 0
	for level := 0; tree.N>>(height*level) > 0; level++ {
		for _, tile := range tilesOf(level, tree.N) {
			content, err := tlog.ReadTileData(tile, reader)
			name := path(strconv.Itoa(level), tile)
			if err != nil || !bytes.Equal(content, read(name)) {
				log.Fatal(name, " is not the tile of the entries")
			}
			count++
		}
	}
	fmt.Printf("%s: %d entries, %d tiles\n", origin, tree.N, count)
}
