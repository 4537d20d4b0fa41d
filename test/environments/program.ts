// For Node, Deno and Bun: `program.ts MATCHER NET FOLDER` reads images and names of the folder and prints the answers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type Asked, answersOf, readingsOf } from "./ask.ts";

const [matcher = "", net = "", folder = ""] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(join(folder, "asked.json"), "utf8")) as Asked[];
const names = JSON.parse(readFileSync(join(folder, "names.json"), "utf8")) as string[];
const images = asked.map(({ image }) => {
  const file = readFileSync(join(folder, image));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
});
const answers = answersOf(await import(matcher), images, asked);
process.stdout.write(JSON.stringify({ answers, readings: readingsOf(await import(net), names) }));
