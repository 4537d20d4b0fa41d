// A monitor: what is in force where and until when, what was decided, whether the logs hold, and why.
//
//   .demarc/<app>/status.json ----.
//   .demarc/<app>/log/ (static) --+--> watchPoints: every second --> state --> event stream --> page
//   image named in the status ----'                            '--> explain() --> "Why?"
//
// It only reads. It verifies each log itself, with the key that lies beside it.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as NodeRuntime from "@effect/platform-node/NodeRuntime";
import { Config, Console, Data, Effect, Layer } from "effect";
import { servePage } from "./src/server/page-server.ts";
import { watchPoints } from "./src/server/watch-points.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = fileURLToPath(new URL("dist/page", import.meta.url));

const settings = Config.all({
  state: Config.String("DEMARC_STATE").pipe(Config.withDefault(resolve(root, ".demarc"))),
  listen: Config.String("DEMARC_MONITOR_LISTEN").pipe(Config.withDefault("127.0.0.1:8090")),
});

class SettingsInvalid extends Data.TaggedError("SettingsInvalid")<{ readonly message: string }> {}

const app = Layer.unwrap(
  Effect.gen(function* () {
    const { state, listen } = yield* settings;
    if (!existsSync(page))
      return yield* new SettingsInvalid({ message: "the page is not built; run `npm run build` first" });
    const match = /^(.+):(\d{1,5})$/.exec(listen);
    if (match === null)
      return yield* new SettingsInvalid({
        message: `DEMARC_MONITOR_LISTEN is \`${listen}\`; an address and a port are expected, such as 127.0.0.1:8090`,
      });
    const answers = yield* watchPoints(resolve(state));
    const server = servePage({ host: match[1] ?? "", port: Number(match[2]) }, page, answers);
    return Layer.effectDiscard(Console.log(`monitor on http://${listen}; watching ${resolve(state)}`)).pipe(
      Layer.provideMerge(server),
    );
  }),
);

// What a person can mend is told in one line; anything else is reported with its trace by runMain.
const told = (error: { readonly message: string }): Effect.Effect<void> =>
  Console.error(`monitor: ${error.message}`).pipe(
    Effect.andThen(
      Effect.sync(() => {
        process.exitCode = 1;
      }),
    ),
  );

NodeRuntime.runMain(Layer.launch(app).pipe(Effect.catch(told)));
