import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    hosts: "src/hosts.ts",
    domains: "src/domains.ts",
    adguard: "src/adguard.ts",
    dnsmasq: "src/dnsmasq.ts",
    rpz: "src/rpz.ts",
    geosite: "src/geosite.ts",
    cidr: "src/cidr.ts",
    unbound: "src/unbound.ts",
    csv: "src/csv.ts",
    "sing-box": "src/sing-box.ts",
    "geosite-dat": "src/geosite-dat.ts",
    "geoip-dat": "src/geoip-dat.ts",
  },
  format: ["esm"],
  target: "node22",
  platform: "neutral",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
