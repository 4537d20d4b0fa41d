// For Node, Deno and Bun: `program.ts MATCHER FOLDER` reads the images of the folder and prints the answers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type Asked, answersOf } from "./ask.ts";

const [matcher = "", folder = ""] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(join(folder, "asked.json"), "utf8")) as Asked[];
const images = asked.map(({ image }) => {
  const file = readFileSync(join(folder, image));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
});
process.stdout.write(JSON.stringify(answersOf(await import(matcher), images, asked)));
