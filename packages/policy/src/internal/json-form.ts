// Whether data read from a text has a JSON form (RFC 8785) of bearable size. YAML can say numbers, depths and repetitions
// that JSON can not; they are refused before anything walks the data without a limit.

/** Nesting of a document at most. */
export const MAX_DEPTH = 64;

// Characters and values that a document may have once its aliases are written out.
const MAX_COST = 32 * 1024 * 1024;

/** What keeps data from having a JSON form, and the path to it. */
export interface JsonFormFault {
  readonly fault: "too-deep" | "too-large" | "no-json-form";
  readonly path: readonly string[];
}

/** The first fault in the data, or how many fields its objects have together. */
export function jsonForm(value: unknown): JsonFormFault | { readonly fault: null; readonly fields: number } {
  const path: string[] = [];
  let cost = 0;
  let fields = 0;
  const visit = (each: unknown): JsonFormFault["fault"] | null => {
    cost += 1;
    if (cost > MAX_COST) return "too-large";
    switch (typeof each) {
      case "string":
        cost += each.length;
        return isWellFormed(each) ? null : "no-json-form";
      case "number":
        return Number.isFinite(each) ? null : "no-json-form";
      case "boolean":
        return null;
      case "object":
        break;
      default:
        return "no-json-form";
    }
    if (each === null) return null;
    if (path.length >= MAX_DEPTH) return "too-deep";
    if (Array.isArray(each)) {
      for (const [index, item] of each.entries()) {
        path.push(String(index));
        const fault = visit(item);
        if (fault !== null) return fault;
        path.pop();
      }
      return null;
    }
    for (const key of Object.keys(each)) {
      fields += 1;
      cost += key.length;
      path.push(key);
      const fault = isWellFormed(key)
        ? visit((each as Readonly<Record<string, unknown>>)[key])
        : "no-json-form";
      if (fault !== null) return fault;
      path.pop();
    }
    return null;
  };
  const fault = visit(value);
  return fault === null ? { fault: null, fields } : { fault, path };
}

// RFC 8785 §3.2.2.2: half of a surrogate pair has no UTF-8 form.
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
