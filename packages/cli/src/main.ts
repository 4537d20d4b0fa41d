// The demarc command. Each file in commands/ is one subcommand: read, call the packages, print, exit code.
import * as NodeRuntime from "@effect/platform-node/NodeRuntime";
import * as NodeServices from "@effect/platform-node/NodeServices";
import { Effect, Logger, Runtime } from "effect";
import { CliError, CliOutput, Command } from "effect/cli";
import { auditCommand } from "./commands/audit.ts";
import { benchCommand } from "./commands/bench.ts";
import { checkCommand } from "./commands/check.ts";
import { compileCommand } from "./commands/compile.ts";
import { deltaCommand } from "./commands/delta.ts";
import { explainCommand } from "./commands/explain.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { groupsCommand } from "./commands/groups.ts";
import { listCommand } from "./commands/list.ts";
import { statusCommand } from "./commands/status.ts";
import { testCommand } from "./commands/test.ts";
import { whereCommand } from "./commands/where.ts";
import { EXIT, Misused } from "./exit.ts";
import { internalFault, presenter, reportFault, wantsJson, watchStdout } from "./report-fault.ts";
import { VERSION } from "./version.ts";

const demarc = Command.make("demarc").pipe(
  Command.withDescription(
    "Network policy that cites its law, ends on time and says so.\n\n" +
      `Exit codes: ${EXIT.ok} yes (valid, passed, verified), ${EXIT.no} no (faults found, a test failed, a proof does not hold), ` +
      `${EXIT.usage} wrong command line, ${EXIT.input} an input can not be read. ` +
      "--json prints one JSON document on stdout, { error } when there is no answer. Colours respect NO_COLOR.",
  ),
  Command.withExamples([
    {
      command: "demarc check examples/site",
      description: "Is everything in this folder valid and well-founded?",
    },
    {
      command: "demarc explain piracy.example --in DE",
      description: "What happens to this name in Germany, and why?",
    },
    { command: "demarc audit verify .demarc/dns-filter", description: "Does the log hold?" },
  ]),
  Command.withSubcommands([
    checkCommand,
    fmtCommand,
    testCommand,
    compileCommand,
    explainCommand,
    whereCommand,
    groupsCommand,
    deltaCommand,
    listCommand,
    benchCommand,
    statusCommand,
    auditCommand,
  ]),
);

// Ending the process drops what a slow reader of a pipe has not taken yet, so it ends once that is written.
const whenWritten: Runtime.Teardown = (exit, onExit) =>
  Runtime.defaultTeardown(exit, (code) => process.stdout.write("", () => onExit(code)));

const asJson = wantsJson(process.argv.slice(2));
watchStdout();

demarc.pipe(
  Command.run({ version: VERSION }),
  // The presenter has shown help and faults already; only the exit code is ours.
  Effect.catchIf(CliError.isCliError, (error) =>
    error._tag === "ShowHelp" && error.errors.length === 0
      ? Effect.void
      : Effect.fail(new Misused({ message: error.message })),
  ),
  Effect.catchDefect((defect) => Effect.fail(internalFault(defect))),
  Effect.tapError((error) =>
    error._tag === "InputFault" || error._tag === "UsageFault" ? reportFault(error, asJson) : Effect.void,
  ),
  Effect.provide(CliOutput.layerPresenter(presenter(asJson))),
  Effect.provide(NodeServices.layer),
  Effect.provideService(Logger.LogToStderr, true),
  NodeRuntime.runMain({ teardown: whenWritten }),
);
