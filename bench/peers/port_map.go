// SPDX-License-Identifier: MIT

// A worker for the harness: looks ports up in a map made from a services file.
//
//	port_map SERVICES KEYS
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"
)

type key struct {
	port     uint16
	protocol string
}

func lines(path string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

func parse(text string) (key, bool) {
	var k key
	n, _ := fmt.Sscanf(strings.Replace(text, "/", " ", 1), "%d %s", &k.port, &k.protocol)
	return k, n == 2
}

func main() {
	ports := map[key]string{}
	for _, line := range lines(os.Args[1]) {
		words := strings.Fields(strings.SplitN(line, "#", 2)[0])
		if len(words) < 2 {
			continue
		}
		if k, ok := parse(words[1]); ok && ports[k] == "" {
			ports[k] = words[0]
		}
	}
	var keys []key
	for _, line := range lines(os.Args[2]) {
		if k, ok := parse(line); ok {
			keys = append(keys, k)
		}
	}
	found := 0
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		start := time.Now()
		for _, k := range keys {
			if ports[k] != "" {
				found++
			}
		}
		fmt.Println(float64(time.Since(start).Nanoseconds()) / float64(len(keys)))
	}
	if found == 0 {
		panic("none of the ports was found")
	}
}
