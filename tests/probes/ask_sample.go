// SPDX-License-Identifier: MIT

// Asks Go's own resolver for the names of a sample that agree.c wrote, on standard input. Go has no
// lookup by port, knows TCP and UDP only, makes names small before it looks them up, does not read
// names of more than 25 bytes, and keeps the last line with a name: such keys are not compared.
package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
)

func main() {
	last := map[string]bool{}
	for _, key := range os.Args[1:] {
		last[key] = true
	}
	resolver := net.Resolver{PreferGo: true}
	asked, wrong := 0, 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if words[0] != "name" || len(words[1]) > 25 || words[1] != strings.ToLower(words[1]) ||
			(words[2] != "tcp" && words[2] != "udp") || last[words[1]+"/"+words[2]] || words[3] == "0" {
			continue
		}
		asked++
		port, err := resolver.LookupPort(context.Background(), words[2], words[1])
		if err != nil || strconv.Itoa(port) != words[3] {
			wrong++
			fmt.Println("wrong:", words[1], words[2], port, "not", words[3])
		}
	}
	fmt.Printf("%d asked, %d wrong\n", asked, wrong)
	if wrong > 0 || asked == 0 {
		os.Exit(1)
	}
}
