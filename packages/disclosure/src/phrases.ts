// The words around a rule, in each language. Texts of the rule itself are its author's.

/** Everything that a notice says in its own words. */
export interface Phrases {
  readonly blocked: string;
  readonly gated: string;
  readonly routed: string;
  readonly by: string;
  readonly kind: Readonly<Record<string, string>>;
  readonly otherKind: string;
  readonly operatorDefault: string;
  readonly rule: string;
  readonly until: string;
  readonly reviewBy: string;
  readonly appeal: string;
  readonly ref: string;
  readonly withheld: string;
  readonly age: (years: number) => string;
  readonly condition: string;
  readonly egress: string;
  readonly hostUnknown: string;
  readonly decidedBy: Readonly<Record<"external-order" | "operator" | "client-wish", string>>;
  readonly heading: Readonly<Record<"block" | "gate" | "route", string>>;
  readonly label: Readonly<
    Record<
      | "address"
      | "decision"
      | "authority"
      | "law"
      | "where"
      | "except"
      | "since"
      | "end"
      | "review"
      | "why"
      | "remedy"
      | "operator"
      | "reference"
      | "policy"
      | "more"
      | "needed",
      string
    >
  >;
  readonly noInterception: string;
}

const en: Phrases = {
  blocked: "Blocked",
  gated: "Refused without proof of age",
  routed: "Refused, data must stay inside the permitted territories",
  by: "by",
  kind: {
    "court-order": "court order",
    "administrative-order": "administrative order",
    statute: "statute",
    regulation: "regulation",
    sanctions: "sanctions law",
    treaty: "treaty",
    contract: "contract",
    consent: "the client's own choice",
    "operator-policy": "operator policy",
  },
  otherKind: "a rule",
  operatorDefault: "the operator's default",
  rule: "rule",
  until: "until",
  reviewBy: "review by",
  appeal: "appeal",
  ref: "ref",
  withheld: "citation withheld until",
  age: (years) => `minimum age ${years}`,
  condition: "a condition",
  egress: "permitted",
  hostUnknown: "the location of the destination is unknown",
  decidedBy: {
    "external-order": "An authority ordered this. The operator below has to implement it.",
    operator: "The operator below decided this itself.",
    "client-wish": "This was asked for by the subscriber of this connection.",
  },
  heading: {
    block: "This address is blocked",
    gate: "This address has an entry condition",
    route: "This connection would leave the permitted territories",
  },
  label: {
    address: "Address",
    decision: "Whose decision",
    authority: "Authority",
    law: "Law",
    where: "Applies in",
    except: "Not in",
    since: "Since",
    end: "Ends",
    review: "Reviewed by",
    why: "Stated reasons",
    remedy: "Appeal or objection",
    operator: "Implemented by",
    reference: "Reference",
    policy: "Policy",
    more: "More about this rule",
    needed: "What is needed",
  },
  noInterception: "Your connection was refused, not read: no encrypted content was opened.",
};

const de: Phrases = {
  blocked: "Gesperrt",
  gated: "Abgelehnt ohne Altersnachweis",
  routed: "Abgelehnt, Daten müssen in den zulässigen Gebieten bleiben",
  by: "durch",
  kind: {
    "court-order": "gerichtliche Anordnung",
    "administrative-order": "behördliche Anordnung",
    statute: "Gesetz",
    regulation: "Verordnung",
    sanctions: "Sanktionsrecht",
    treaty: "Staatsvertrag",
    contract: "Vertrag",
    consent: "eigene Wahl des Anschlussinhabers",
    "operator-policy": "Regel des Betreibers",
  },
  otherKind: "eine Regel",
  operatorDefault: "Voreinstellung des Betreibers",
  rule: "Regel",
  until: "bis",
  reviewBy: "Prüfung bis",
  appeal: "Rechtsbehelf",
  ref: "Ref.",
  withheld: "Fundstelle zurückgehalten bis",
  age: (years) => `Mindestalter ${years}`,
  condition: "eine Bedingung",
  egress: "zulässig",
  hostUnknown: "der Ort des Ziels ist unbekannt",
  decidedBy: {
    "external-order": "Eine Stelle hat dies angeordnet. Der unten genannte Betreiber muss es umsetzen.",
    operator: "Der unten genannte Betreiber hat dies selbst entschieden.",
    "client-wish": "Der Inhaber dieses Anschlusses hat dies so gewünscht.",
  },
  heading: {
    block: "Diese Adresse ist gesperrt",
    gate: "Für diese Adresse gilt eine Zugangsbedingung",
    route: "Diese Verbindung würde die zulässigen Gebiete verlassen",
  },
  label: {
    address: "Adresse",
    decision: "Wessen Entscheidung",
    authority: "Stelle",
    law: "Rechtsgrundlage",
    where: "Gilt in",
    except: "Nicht in",
    since: "Seit",
    end: "Endet",
    review: "Prüfung bis",
    why: "Angegebene Gründe",
    remedy: "Rechtsbehelf",
    operator: "Umgesetzt von",
    reference: "Referenz",
    policy: "Regelwerk",
    more: "Mehr zu dieser Regel",
    needed: "Was nötig ist",
  },
  noInterception: "Die Verbindung wurde abgelehnt, nicht mitgelesen: Verschlüsseltes wurde nicht geöffnet.",
};

const fr: Phrases = {
  blocked: "Bloqué",
  gated: "Refusé sans preuve d'âge",
  routed: "Refusé, les données doivent rester dans les territoires permis",
  by: "par",
  kind: {
    "court-order": "décision de justice",
    "administrative-order": "décision administrative",
    statute: "loi",
    regulation: "règlement",
    sanctions: "droit des sanctions",
    treaty: "traité",
    contract: "contrat",
    consent: "choix de l'abonné",
    "operator-policy": "règle de l'opérateur",
  },
  otherKind: "une règle",
  operatorDefault: "réglage par défaut de l'opérateur",
  rule: "règle",
  until: "jusqu'au",
  reviewBy: "réexamen avant le",
  appeal: "recours",
  ref: "réf.",
  withheld: "référence juridique différée jusqu'au",
  age: (years) => `âge minimum ${years}`,
  condition: "une condition",
  egress: "permis",
  hostUnknown: "le lieu de la destination est inconnu",
  decidedBy: {
    "external-order": "Une autorité l'a ordonné. L'opérateur ci-dessous doit l'appliquer.",
    operator: "L'opérateur ci-dessous l'a décidé lui-même.",
    "client-wish": "L'abonné de cette connexion l'a demandé.",
  },
  heading: {
    block: "Cette adresse est bloquée",
    gate: "Cette adresse est soumise à une condition d'accès",
    route: "Cette connexion quitterait les territoires permis",
  },
  label: {
    address: "Adresse",
    decision: "Qui a décidé",
    authority: "Autorité",
    law: "Base juridique",
    where: "Valable en",
    except: "Sauf en",
    since: "Depuis",
    end: "Prend fin",
    review: "Réexamen avant le",
    why: "Motifs indiqués",
    remedy: "Recours",
    operator: "Appliqué par",
    reference: "Référence",
    policy: "Politique",
    more: "En savoir plus sur cette règle",
    needed: "Ce qu'il faut",
  },
  noInterception: "La connexion a été refusée, pas lue : aucun contenu chiffré n'a été ouvert.",
};

const PHRASES: Readonly<Record<string, Phrases>> = { en, de, fr };

/** The phrases of a disclosure's language; English for any other tag. */
export function phrasesIn(language: string): Phrases {
  return PHRASES[language] ?? en;
}
