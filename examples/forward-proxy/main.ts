// A forward proxy: passes on what the policy set allows, refuses what it does not, and says why.
//
//   request --> @demarc/proxy --> gate.decide(name, url) -- refuse --> 451 or 403: law, end, appeal --> audit log
//                                    | pass                                  ^
//                              resolve the name --> gate.decide(address) ----+
//                                                       | pass
//                              connect to that very address --> forward, or tunnel for CONNECT
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ProxyServer } from "@demarc/proxy";
import { GateService } from "@demarc/runtime";
import * as NodeRuntime from "@effect/platform-node/NodeRuntime";
import { Config, Console, Effect, Layer } from "effect";

const root = fileURLToPath(new URL("../..", import.meta.url));

const settings = Config.all({
  site: Config.String("DEMARC_SITE").pipe(Config.withDefault(resolve(root, "examples/site"))),
  state: Config.String("DEMARC_STATE").pipe(Config.withDefault(resolve(root, ".demarc"))),
  listen: Config.String("DEMARC_PROXY_LISTEN").pipe(Config.withDefault("127.0.0.1:3128")),
  resolvers: Config.String("DEMARC_PROXY_RESOLVERS").pipe(Config.withDefault("")),
  allowPrefixes: Config.String("DEMARC_PROXY_ALLOW_PREFIXES").pipe(Config.withDefault("")),
});

// The gate's layer ends after the server's: the last refusals are in the log before its last checkpoint.
const app = Layer.unwrap(
  Effect.gen(function* () {
    const { site, state, listen, resolvers, allowPrefixes } = yield* settings;
    const server = Layer.unwrap(
      Effect.map(GateService, (gate) =>
        ProxyServer.layer({
          gate,
          listen,
          resolvers: listOf(resolvers),
          allowPrefixes: listOf(allowPrefixes),
        }),
      ),
    );
    const gate = GateService.layer({
      app: "forward-proxy",
      site: resolve(site),
      state: resolve(state),
      listen,
    });
    return greeting(site).pipe(Layer.provide(server), Layer.provide(gate));
  }),
);

const greeting = (site: string): Layer.Layer<never, never, ProxyServer> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { address, name } = yield* ProxyServer;
      const { host, port } = address;
      const where = `${host.includes(":") ? `[${host}]` : host}:${port}`;
      yield* Console.log(`forward proxy on ${where}, HTTP and CONNECT; policies from ${site}`);
      yield* Console.log(`its name in Via and Proxy-Status is ${name}`);
      yield* Console.log(`next: curl -i -x http://${where} http://www.piracy.example/`);
    }),
  );

const listOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((item) => item !== "");

// What a person can mend is told in one line, with the variable to set; anything else is reported with its trace by runMain.
const told = (error: { readonly _tag: string; readonly message: string }): Effect.Effect<void> =>
  Console.error(`forward-proxy: ${error.message}${hintOf(error)}`).pipe(
    Effect.andThen(
      Effect.sync(() => {
        process.exitCode = 1;
      }),
    ),
  );

const VARIABLES: Readonly<Record<string, string>> = {
  listen: "DEMARC_PROXY_LISTEN",
  resolvers: "DEMARC_PROXY_RESOLVERS",
  allowPrefixes: "DEMARC_PROXY_ALLOW_PREFIXES",
};

function hintOf(error: { readonly _tag: string }): string {
  if (error._tag === "PortTaken")
    return ": set DEMARC_PROXY_LISTEN, as in DEMARC_PROXY_LISTEN=127.0.0.1:3129";
  if (error._tag === "ListenFailed") return "; set DEMARC_PROXY_LISTEN";
  const variable = "setting" in error ? VARIABLES[String(error.setting)] : undefined;
  return variable === undefined ? "" : ` (${variable})`;
}

NodeRuntime.runMain(Layer.launch(app).pipe(Effect.catch(told)));
