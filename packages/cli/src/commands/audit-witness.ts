import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { VerifierKey } from "@demarc/audit";
import { AuditError, openWitness, type Witness } from "@demarc/audit/node";
import { Effect } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, findVerifierKey } from "../audit-directory.ts";
import { InputFault, UsageFault } from "../exit.ts";
import { line } from "../print.ts";

/** A request has 63 hashes and a checkpoint at most; the rest is not read. */
const MOST_BODY = 1_000_000;

/**
 * `demarc audit witness`: a small witness (C2SP tlog-witness). It cosigns a checkpoint that its log signed and that extends
 * the last one cosigned, which is on disk before it signs; two roots of one size are kept as `fork.json`.
 *
 * Exit codes: 3 when the folder or the address can not be used.
 */
export const auditWitnessCommand = Command.make(
  "witness",
  {
    dir: Flag.Path("dir").pipe(Flag.withDescription("Folder for its key and what it cosigned last")),
    name: Flag.String("name").pipe(Flag.withDescription("Name of its key, such as witness.example/w1")),
    log: Flag.String("log").pipe(
      Flag.withDescription("Verifier key of a log, or a file with it; again for each log"),
      Flag.atLeast(1),
    ),
    listen: Flag.String("listen").pipe(
      Flag.withDescription("Address and port, 127.0.0.1:8095 if left out; port 0 takes a free one"),
      Flag.withDefault("127.0.0.1:8095"),
    ),
  },
  Effect.fn("demarc.audit.witness")(function* (input) {
    const match = /^(.+):(\d{1,5})$/.exec(input.listen);
    if (match === null)
      return yield* new UsageFault({
        message: `\`${input.listen}\` is no address and port`,
        help: "127.0.0.1:8095",
      });
    const logs: VerifierKey[] = [];
    for (const text of input.log) logs.push((yield* findVerifierKey(".", text)).key);
    const witness = yield* Effect.acquireRelease(
      attempt(() =>
        openWitness({
          dir: input.dir,
          name: input.name,
          logs,
          onEvidence: (file) => console.error(`two histories were signed: ${file}`),
        }),
      ),
      (opened) => Effect.ignore(attempt(() => opened.close())),
    );
    const server = yield* listen(witness, match[1] ?? "", Number(match[2]));
    const { address, port } = server.address() as AddressInfo;
    yield* line(`witness ${witness.verifierKey}`);
    yield* line(`on http://${address}:${port}/ for ${logs.map(({ name }) => name).join(", ")}`);
    return yield* Effect.never;
  }, Effect.scoped),
).pipe(
  Command.withDescription("A small witness: cosigns logs that only grow"),
  Command.withExamples([
    {
      command: "demarc audit witness --dir witness --name witness.example/w1 --log operator.pub",
      description: "For one log, on loopback",
    },
  ]),
);

const listen = (witness: Witness, host: string, port: number) =>
  Effect.acquireRelease(
    Effect.callback<Server, InputFault>((resume) => {
      const server = createServer((request, response) => {
        const answer = async () => {
          const body = await bodyOf(request);
          if (body === null) return { status: 413, type: "text/plain", body: "too much\n" };
          return witness.answer(request.method ?? "GET", (request.url ?? "/").slice(1), body);
        };
        void answer().then(
          ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
          (error: unknown) => {
            // A state that can not be read or written: nothing was signed.
            console.error(error instanceof AuditError ? error.message : String(error));
            response
              .writeHead(500, { "content-type": "text/plain" })
              .end("the witness can not keep its state\n");
          },
        );
      });
      server.once("error", (error) =>
        resume(
          Effect.fail(
            new InputFault({
              code: "cli/listen",
              message: `${host}:${port} can not be listened on: ${error.message}`,
            }),
          ),
        ),
      );
      server.listen(port, host, () => resume(Effect.succeed(server)));
    }),
    (server) =>
      Effect.callback<void>((resume) => {
        server.close(() => resume(Effect.void));
        server.closeAllConnections();
      }),
  );

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
