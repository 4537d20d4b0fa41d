// What happens to one query, from its bytes to the answer's. Plain callbacks: no fiber, no promise per packet.
import { type Disclosure, disclose } from "@demarc/disclosure";
import { type Address, formatAddress } from "@demarc/net";
import type { Facts, Gate } from "@demarc/runtime";
import {
  anyAnswer,
  type BlockedAnswer,
  DEFAULT_UDP_BYTES,
  emptyAnswer,
  headerAnswer,
  RESPONSE_WORD,
  refusal,
  udpLimit,
} from "./answer.ts";
import { answerFacts, canonicalName } from "./answer-facts.ts";
import { decodeHeader, decodeMessage } from "./codec/decode.ts";
import { encodeMessage } from "./codec/encode.ts";
import { type Message, OPTION, RCODE, TYPE } from "./codec/message.ts";
import type { DnsCounters } from "./counters.ts";
import type { Ask } from "./exchange.ts";

type Decision = ReturnType<Gate["decide"]>;

/** What a filter is made of. */
export interface FilterOptions {
  readonly gate: Gate;
  readonly ask: Ask;
  readonly counters: DnsCounters;
  /** Milliseconds since 1970; only notices with a secrecy order look at it. */
  readonly now: () => number;
  /** Default `nxdomain`. */
  readonly blockedAnswer?: BlockedAnswer | undefined;
  /** Largest UDP answer, bytes; default 1232. */
  readonly maxUdpBytes?: number | undefined;
}

/**
 * Answers one packet. `reply` is called exactly once, now or later: with the answer, or with null when a packet gets none
 * (fewer than twelve bytes, or itself a response).
 */
export type Filter = (
  packet: Uint8Array,
  client: Address | undefined,
  transport: "udp" | "tcp",
  reply: (answer: Uint8Array | null) => void,
) => void;

const INTERNET = 1;
const EDE_NOT_SUPPORTED = 21;

/** The filter between listeners and upstreams. */
export function createFilter(options: FilterOptions): Filter {
  const { gate, ask, counters } = options;
  const kind = options.blockedAnswer ?? "nxdomain";
  const cap = options.maxUdpBytes ?? DEFAULT_UDP_BYTES;

  // A rule's notice differs from query to query in reference and subject alone, but for a route's reason and the end of
  // a secrecy order. Rules are immutable and go with their image, and so does what is kept here.
  const notices = new WeakMap<object, Disclosure>();
  const noticeOf = (decision: Decision, ref: string | null, subject: string | undefined): Disclosure => {
    const { rule } = decision;
    const isConstant =
      rule !== null && decision.reason === "rule" && rule.effect.notice?.secrecy === undefined;
    const kept = isConstant ? notices.get(rule) : undefined;
    if (kept !== undefined) return { ...kept, reference: ref, subject: subject ?? null };
    const notice = disclose(decision, { operator: gate.operator(), ref, subject, at: options.now() });
    if (isConstant) notices.set(rule, notice);
    return notice;
  };

  return (packet, client, transport, reply) => {
    counters.queries++;
    const header = decodeHeader(packet);
    if (header === null || header.response) {
      counters.ignored++;
      reply(null);
      return;
    }
    const decoded = decodeMessage(packet);
    const hasEdns = decoded.ok && decoded.value.edns !== null;
    if (header.opcode !== 0) {
      counters.malformed++;
      reply(headerAnswer(header, RCODE.NOTIMP, hasEdns));
      return;
    }
    const question = decoded.ok ? decoded.value.questions[0] : undefined;
    if (!decoded.ok || question === undefined || decoded.value.questions.length !== 1) {
      counters.malformed++;
      reply(headerAnswer(header, RCODE.FORMERR, hasEdns));
      return;
    }
    const query = decoded.value;
    const limit = transport === "udp" ? udpLimit(query, cap) : 65_535;
    const send = (message: Message): void => {
      const encoded = encodeMessage(message, limit);
      reply(encoded.ok ? encoded.value : headerAnswer(header, RCODE.SERVFAIL));
    };
    if (query.edns !== null && query.edns.version > 0) {
      send(emptyAnswer(query, RCODE.BADVERS));
      return;
    }
    if (question.class !== INTERNET || question.type === TYPE.AXFR || question.type === TYPE.IXFR) {
      const why = question.class === INTERNET ? "zone transfers are not served" : "only class IN is served";
      send(emptyAnswer(query, RCODE.REFUSED, [{ infoCode: EDE_NOT_SUPPORTED, extraText: why }]));
      return;
    }

    const facts: Facts = { name: canonicalName(question.name), client };
    const refuse = (facts: Facts, decision: Decision, subject: string | undefined): void => {
      counters.refused++;
      const ref = gate.record(facts, decision, RESPONSE_WORD[kind]);
      const notice = noticeOf(decision, ref, subject);
      reply(refusal(query, kind, notice, limit) ?? headerAnswer(header, RCODE.SERVFAIL));
    };
    const decision = gate.decide(facts);
    if (decision.verdict === "refuse") {
      refuse(facts, decision, facts.name);
      return;
    }
    if (question.type === TYPE.ANY) {
      gate.record(facts, decision, "HINFO");
      send(anyAnswer(query));
      return;
    }
    ask(query, (outcome) => {
      if (!outcome.ok) {
        counters.failed++;
        gate.record(facts, decision, "SERVFAIL");
        send(emptyAnswer(query, RCODE.SERVFAIL, [outcome.error]));
        return;
      }
      const found = decideAnswer(gate, facts, decision, outcome.message);
      if (found.decision.verdict === "refuse") {
        const address = found.facts.address;
        refuse(
          found.facts,
          found.decision,
          address === undefined ? found.facts.name : formatAddress(address),
        );
        return;
      }
      counters.forwarded++;
      gate.record(found.facts, found.decision, "forwarded");
      send(forwarded(query, outcome.message));
    });
  };
}

/**
 * The decision about an answer: the first refusal among the names and addresses it leads to, else the first decision that a
 * rule had a part in, else the question's.
 * A rule that allows the question's name by itself covers the names that its CNAME records lead to.
 */
function decideAnswer(
  gate: Gate,
  facts: Facts,
  decision: Decision,
  answer: Message,
): { readonly facts: Facts; readonly decision: Decision } {
  let told = { facts, decision };
  const { names, addresses } = answerFacts(answer.answers);
  const isAllowedByRule = decision.rule !== null && decision.effect === "allow";
  const others: Facts[] = isAllowedByRule ? [] : names.map((name) => ({ name, client: facts.client }));
  others.push(...addresses.map((address) => ({ name: facts.name, address, client: facts.client })));
  for (const other of others) {
    const found = gate.decide(other);
    if (found.verdict === "refuse") return { facts: other, decision: found };
    if (!isNotable(told.decision) && isNotable(found)) told = { facts: other, decision: found };
  }
  return told;
}

function isNotable(decision: Decision): boolean {
  return decision.rule !== null || decision.observed.length > 0;
}

/**
 * The upstream's answer for this client: its records unchanged, our own OPT (it is hop by hop, RFC 6891 §6.1.1) with the
 * upstream's Extended DNS Errors in it, AD only for who asked about it (RFC 6840 §5.8).
 */
function forwarded(query: Message, answer: Message): Message {
  const isHopByHop = answer.rcode > 15;
  return {
    ...answer,
    id: query.id,
    opcode: 0,
    truncated: false,
    recursionDesired: query.recursionDesired,
    checkingDisabled: query.checkingDisabled,
    authenticData: answer.authenticData && (query.authenticData || query.edns?.dnssecOk === true),
    rcode: isHopByHop ? RCODE.SERVFAIL : answer.rcode,
    questions: query.questions,
    edns: query.edns && {
      udpSize: DEFAULT_UDP_BYTES,
      version: 0,
      dnssecOk: query.edns.dnssecOk,
      options: (answer.edns?.options ?? []).filter(({ code }) => code === OPTION.EDE),
    },
  };
}
