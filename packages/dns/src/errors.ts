import { Schema } from "effect";

/** Another process holds the port. */
export class PortTaken extends Schema.TaggedError<PortTaken>()("PortTaken", {
  transport: Schema.Literals(["udp", "tcp"]),
  host: Schema.String,
  port: Schema.Int,
  message: Schema.String,
}) {}

/** The address can not be listened on, for another reason than a taken port. */
export class ListenFailed extends Schema.TaggedError<ListenFailed>()("ListenFailed", {
  transport: Schema.Literals(["udp", "tcp"]),
  host: Schema.String,
  port: Schema.Int,
  message: Schema.String,
  cause: Schema.Defect(),
}) {}

/** The settings name no usable upstream, or a listen address of the wrong form. */
export class DnsSettingsInvalid extends Schema.TaggedError<DnsSettingsInvalid>()("DnsSettingsInvalid", {
  setting: Schema.String,
  message: Schema.String,
}) {}
