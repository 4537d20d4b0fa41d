// schema/*.schema.json, which is written by hand, to all that is made of it: the validator, the types, the draft-07 form.
import { readSchemas } from "./read-schemas.ts";
import { writeDraft07 } from "./write-draft-07.ts";
import { writeTypes } from "./write-types.ts";
import { writeValidator } from "./write-validator.ts";

const schemas = readSchemas();
await writeValidator(schemas);
await writeTypes(schemas);
writeDraft07(schemas);
