import { Schema } from "effect";

/** Another process holds the port. */
export class PortTaken extends Schema.TaggedError<PortTaken>()("PortTaken", {
  host: Schema.String,
  port: Schema.Int,
  message: Schema.String,
}) {}

/** The address can not be listened on, for another reason than a taken port. */
export class ListenFailed extends Schema.TaggedError<ListenFailed>()("ListenFailed", {
  host: Schema.String,
  port: Schema.Int,
  message: Schema.String,
  cause: Schema.Defect(),
}) {}

/** A setting of the wrong form: a listen address, a resolver, an allowed prefix, a name. */
export class ProxySettingsInvalid extends Schema.TaggedError<ProxySettingsInvalid>()("ProxySettingsInvalid", {
  setting: Schema.String,
  message: Schema.String,
}) {}
