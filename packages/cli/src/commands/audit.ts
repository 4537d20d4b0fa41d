import { Command } from "effect/cli";
import { auditCheckCommand } from "./audit-check.ts";
import { auditCosignCommand } from "./audit-cosign.ts";
import { auditDiffCommand } from "./audit-diff.ts";
import { auditExportCommand } from "./audit-export.ts";
import { auditFsckCommand } from "./audit-fsck.ts";
import { auditProveCommand } from "./audit-prove.ts";
import { auditReplayCommand } from "./audit-replay.ts";
import { auditShowCommand } from "./audit-show.ts";
import { auditTailCommand } from "./audit-tail.ts";
import { auditVerifyCommand } from "./audit-verify.ts";
import { auditWitnessCommand } from "./audit-witness.ts";

/** `demarc audit ...`: what a log says, and whether it holds. */
export const auditCommand = Command.make("audit").pipe(
  Command.withDescription("Read a log, verify it, prove that an entry is in it"),
  Command.withExamples([
    { command: "demarc audit verify .demarc/dns-filter", description: "Does the whole log hold?" },
    { command: "demarc audit show .demarc/dns-filter", description: "The latest entries" },
    {
      command: "demarc audit prove .demarc/dns-filter k3f9a2-42 --out block",
      description: "Proof for the decision that a notice quoted",
    },
  ]),
  Command.withSubcommands([
    auditVerifyCommand,
    auditShowCommand,
    auditProveCommand,
    auditCheckCommand,
    auditReplayCommand,
    auditTailCommand,
    auditDiffCommand,
    auditFsckCommand,
    auditExportCommand,
    auditCosignCommand,
    auditWitnessCommand,
  ]),
);
