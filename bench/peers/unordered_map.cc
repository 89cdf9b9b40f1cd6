/* SPDX-License-Identifier: MIT */
/* The names in the hash map of C++, keys by view, which was faster than keys by string; exact
 * case. */
#include "name_peer.h"

#include <string_view>
#include <unordered_map>

using map = std::unordered_map<std::string_view, uint32_t>;

void *name_peer_build(const name_entry *entries, size_t count)
{
	auto *names = new map;
	for (size_t i = 0; i < count; i++)
		names->emplace(std::string_view(entries[i].name.ptr, entries[i].name.len),
			       entries[i].number);
	return names;
}

uint64_t name_peer_loop(const void *peer, const portroll_str *keys, size_t count)
{
	const auto &names = *static_cast<const map *>(peer);
	uint64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		auto found = names.find(std::string_view(keys[i].ptr, keys[i].len));
		if (found != names.end())
			sum += found->second;
	}
	return sum;
}
