// SPDX-License-Identifier: MIT
// The library from C++11: all records of a port, by libportroll. library_probe SNAPSHOT PORT
#include <portroll.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

static std::string text(const portroll_str &s)
{
	return std::string(s.ptr, s.len);
}

int main(int argc, char **argv)
{
	portroll_snapshot *opened = nullptr;
	portroll_error err = portroll_error();
	if (argc != 3 || portroll_open(&opened, argv[1], &err) < 0) {
		std::cerr << err.text << "\n";
		return 1;
	}
	std::unique_ptr<portroll_snapshot, decltype(&portroll_close)> s(opened, portroll_close);
	const std::uint16_t port = static_cast<std::uint16_t>(std::atoi(argv[2]));
	portroll_iter it = portroll_by_port(s.get(), port, PORTROLL_ANY);
	for (portroll_record r; portroll_next(&it, &r);)
		std::cout << text(r.name) << "/" << portroll_transport_name(r.transport) << "\n";
	return 0;
}
