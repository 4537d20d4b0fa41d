import { spawnSync } from "node:child_process";

/** True when a program is on the PATH (or in sbin, where Debian keeps servers). */
export function hasProgram(name: string): boolean {
  return programPath(name) !== null;
}

/** Absolute path of a program, or null. */
export function programPath(name: string): string | null {
  const found = spawnSync("bash", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`], {
    encoding: "utf8",
  });
  return found.status === 0 ? found.stdout.trim() : null;
}

/** Programs of the list that are missing, with the Debian package that has each; empty when all are there. */
export function missingPrograms(...names: (keyof typeof DEBIAN_PACKAGES)[]): string[] {
  return names
    .filter((name) => !hasProgram(name))
    .map((name) => `${name} (Debian package ${DEBIAN_PACKAGES[name]})`);
}

const DEBIAN_PACKAGES = {
  dig: "bind9-dnsutils",
  kdig: "knot-dnsutils",
  nsd: "nsd",
  nginx: "nginx-light",
  unbound: "unbound",
  dnsperf: "dnsperf",
  squid: "squid",
  tinyproxy: "tinyproxy",
  curl: "curl",
  chromium: "chromium",
  strace: "strace",
} as const;
