// A DNS filter: forwards what the policy set allows, refuses what it does not, and says why.
//
//   packet --> @demarc/dns filter --> gate.decide(name) -- refuse --> NXDOMAIN + EDE: law, end, appeal
//                                          | pass                                     ^
//                                      upstream --> gate.decide(targets, addresses) --+--> audit log
//                                          | pass
//                                       answer, records unchanged
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DnsServer } from "@demarc/dns";
import { GateService } from "@demarc/runtime";
import * as NodeRuntime from "@effect/platform-node/NodeRuntime";
import { Config, Console, Effect, Layer } from "effect";

const root = fileURLToPath(new URL("../..", import.meta.url));

const settings = Config.all({
  site: Config.String("DEMARC_SITE").pipe(Config.withDefault(resolve(root, "examples/site"))),
  state: Config.String("DEMARC_STATE").pipe(Config.withDefault(resolve(root, ".demarc"))),
  listen: Config.String("DEMARC_DNS_LISTEN").pipe(Config.withDefault("127.0.0.1:8053")),
  upstreams: Config.String("DEMARC_DNS_UPSTREAMS").pipe(Config.withDefault("")),
});

// The gate's layer ends after the server's: the last refusals are in the log before its last checkpoint.
const app = Layer.unwrap(
  Effect.gen(function* () {
    const { site, state, listen, upstreams } = yield* settings;
    const server = Layer.unwrap(
      Effect.map(GateService, (gate) =>
        DnsServer.layer({ gate, listen, upstreams: upstreams.split(/[\s,]+/).filter((text) => text !== "") }),
      ),
    );
    return greeting(site).pipe(
      Layer.provide(server),
      Layer.provide(
        GateService.layer({ app: "dns-filter", site: resolve(site), state: resolve(state), listen }),
      ),
    );
  }),
);

const greeting = (site: string): Layer.Layer<never, never, DnsServer> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { address, upstreams } = yield* DnsServer;
      yield* Console.log(`DNS filter on ${address.host}:${address.port}, UDP and TCP; policies from ${site}`);
      yield* Console.log(`forwards to ${upstreams.map(({ text }) => text).join(", ")}`);
      yield* Console.log(`next: dig @${address.host} -p ${address.port} www.piracy.example`);
    }),
  );

// What a person can mend is told in one line; anything else is reported with its trace by runMain.
const told = (error: { readonly message: string }): Effect.Effect<void> =>
  Console.error(`dns-filter: ${error.message}`).pipe(
    Effect.andThen(
      Effect.sync(() => {
        process.exitCode = 1;
      }),
    ),
  );

NodeRuntime.runMain(Layer.launch(app).pipe(Effect.catch(told)));
