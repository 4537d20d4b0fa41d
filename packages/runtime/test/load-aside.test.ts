import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Fiber } from "effect";
import { activationOf } from "../src/activation.ts";
import { readLastGood } from "../src/last-good.ts";
import { loadAside, loadIn } from "../src/load-aside.ts";
import { loadHere, type SiteLoader } from "../src/site-loader.ts";
import { BLOCK, digest, listRule, policyText, scratch, writeSite } from "./site.ts";

const POLICY = "policies/rules.yaml";

/** A script as the thread's. */
const scriptOf = Effect.fnUntraced(function* (text: string) {
  const file = join(yield* scratch, "thread.mjs");
  writeFileSync(file, text);
  return pathToFileURL(file);
});

it.live("a site loaded aside is the one that is loaded here, with its image in shared memory", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const site = writeSite(join(folder, "site"));
    const here = yield* loadHere(site, join(folder, "here"));
    const aside = yield* loadAside(site, join(folder, "aside"));
    const { image, networks, ...plain } = aside.site;
    const { image: imageHere, networks: networksHere, ...plainHere } = here.site;
    expect(plain).toEqual(plainHere);
    expect(plain.imageBytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(image.digest).toBe(imageHere.digest);
    expect(networks?.clients).toEqual(networksHere?.clients);
    expect(activationOf(aside.site, [])).toEqual(activationOf(here.site, []));
    // It is kept when it is told that it came into force, not before.
    expect(existsSync(join(folder, "aside"))).toBe(false);
    expect(yield* aside.keep).toBeNull();
    expect(readLastGood(join(folder, "aside"))?.object).toBe(aside.site.object);
  }),
);

it.live("the thread that asks goes on meanwhile", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const names = Array.from({ length: 100_000 }, (_, at) => `n${at}.listed.example\n`).join("");
    const files = { [POLICY]: policyText(listRule(digest(names))), "lists/names.txt": names };
    const site = writeSite(join(folder, "site"), files);
    const turns = Effect.fnUntraced(function* (load: SiteLoader) {
      let count = 0;
      const turning = setInterval(() => (count += 1), 1);
      const { site: loaded } = yield* load(site, join(folder, "state"));
      clearInterval(turning);
      expect(loaded.image.rules.length).toBe(1);
      return count;
    });
    expect(yield* turns(loadHere)).toBeLessThan(10);
    expect(yield* turns(loadAside)).toBeGreaterThan(50);
  }),
);

it.live("a site that is refused is refused with the same issues, and is not kept", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const broken = policyText(BLOCK).replace("status:", "stauts:");
    const site = writeSite(join(folder, "site"), { [POLICY]: broken });
    const here = yield* Effect.flip(loadHere(site, join(folder, "here")));
    const aside = yield* Effect.flip(loadAside(site, join(folder, "aside")));
    expect(aside._tag).toBe("SiteRefused");
    expect(aside.message).toBe(here.message);
    expect(aside.issues.map(({ code, line }) => [code, line])).toEqual(
      here.issues.map(({ code, line }) => [code, line]),
    );
    expect(existsSync(join(folder, "aside", "last-good"))).toBe(false);
  }),
);

it.live("a state directory that can not be written costs the last good site only", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const state = join(folder, "state");
    writeFileSync(state, "a file where a folder is expected");
    const { site, keep } = yield* loadAside(writeSite(join(folder, "site")), state);
    expect(site.image.rules.length).toBeGreaterThan(0);
    expect(yield* keep).toContain("ENOTDIR");
  }),
);

it.live.each([
  ["throws", 'throw new Error("out of order");', "out of order"],
  ["ends without an answer", "process.exit(7);", "it ended with 7"],
  [
    "answers with what is no image",
    `import { parentPort } from "node:worker_threads";
     parentPort.postMessage({ sent: { imageBytes: new Uint8Array(9) } });
     parentPort.once("message", () => parentPort.close());`,
    "what it made is no image",
  ],
  [
    "answers nothing that is known",
    'import { parentPort } from "node:worker_threads"; parentPort.postMessage(null);',
    "failed: ",
  ],
  [
    "answers as another version would",
    'import { parentPort } from "node:worker_threads"; parentPort.postMessage({ made: {} });',
    "failed: ",
  ],
  ["throws nothing", "throw null;", "failed: "],
  [
    "runs out of memory",
    "const all = []; for (;;) all.push(Array.from({ length: 1000 }, (_, at) => ({ at })));",
    "memory limit",
  ],
] as const)("a thread that %s refuses the site, and says why", ([, script, why]) =>
  Effect.gen(function* () {
    const url = yield* scriptOf(script);
    const limits = { maxOldGenerationSizeMb: 16 };
    const refused = yield* Effect.flip(loadIn(url, { site: "site", directory: "state" }, limits));
    expect(refused.issues.map(({ code }) => code)).toEqual(["site/thread"]);
    expect(refused.message).toContain(why);
  }),
);

it.live("a thread that can not start refuses the site too", () =>
  Effect.gen(function* () {
    const task = { site: "site", directory: "state" };
    const refused = yield* Effect.flip(loadIn(new URL("http://site.example/thread.js"), task));
    expect(refused.issues.map(({ code }) => code)).toEqual(["site/thread"]);
  }),
);

it.live("what is kept is one site or the other, whatever was left by one that was stopped", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const state = join(folder, "state");
    const first = yield* loadHere(writeSite(join(folder, "site")), state);
    expect(yield* first.keep).toBeNull();
    const kept = join(state, "last-good");
    // Stopped while it wrote, and between the two renames.
    mkdirSync(`${kept}.new`);
    writeFileSync(join(`${kept}.new`, "networks.json"), "{");
    expect(readLastGood(state)?.object).toBe(first.site.object);
    renameSync(kept, `${kept}.old`);
    expect(readLastGood(state)?.object).toBe(first.site.object);
    const files = { [POLICY]: policyText({ ...BLOCK, id: "other" }) };
    const second = yield* loadHere(writeSite(join(folder, "site"), files), state);
    expect(yield* second.keep).toBeNull();
    expect(readLastGood(state)?.object).toBe(second.site.object);
    expect(second.site.object).not.toBe(first.site.object);
    expect(readdirSync(state)).toEqual(["last-good"]);
  }),
);

it.live("whoever no longer waits is not kept waiting", () =>
  Effect.gen(function* () {
    const url = yield* scriptOf("setTimeout(() => {}, 1500);");
    const fiber = yield* Effect.forkChild(loadIn(url, { site: "site", directory: "state" }));
    yield* Effect.sleep("100 millis");
    const start = performance.now();
    yield* Fiber.interrupt(fiber);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(Exit.hasInterrupts(yield* Fiber.await(fiber))).toBe(true);
  }),
);
