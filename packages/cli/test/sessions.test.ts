import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { playSession } from "./session.ts";

const folder = join(import.meta.dirname, "sessions");

describe("sessions with the command", () => {
  // A session starts the command a dozen times; a busy machine needs seconds for each.
  test.each(readdirSync(folder).filter((file) => file.endsWith(".txt")))(
    "%s",
    { timeout: 300_000 },
    (file) => {
      for (const { where, command, found, expected } of playSession(
        readFileSync(join(folder, file), "utf8"),
      )) {
        const shown = `${where}: ${command}\n${found.stdout}${found.stderr}`;
        expect(found.stdout, shown).toMatch(expected.stdout);
        expect(found.stderr, shown).toMatch(expected.stderr);
        expect(found.exitCode, shown).toBe(expected.exitCode);
      }
    },
  );
});
