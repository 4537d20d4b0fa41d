// Made from vocabularies/*/vocabulary.json by scripts/generate.ts (npm run generate). Do not edit.
import type { Vocabulary } from "./vocabulary.ts";

export const VOCABULARIES: readonly Vocabulary[] = [
  {
    "id": "https://demarc.example/vocabulary/1/aims",
    "title": "Aims that a restriction may have",
    "owner": "demarc contributors",
    "licence": "Apache-2.0",
    "stability": "stable",
    "version": "1.0.0",
    "source": "International Covenant on Civil and Political Rights, Article 19(3); the last four are of this project",
    "terms": [
      {
        "id": "rights-of-others",
        "title": "Respect of the rights or reputations of others"
      },
      {
        "id": "national-security",
        "title": "Protection of national security"
      },
      {
        "id": "public-order",
        "title": "Protection of public order"
      },
      {
        "id": "public-health",
        "title": "Protection of public health"
      },
      {
        "id": "public-morals",
        "title": "Protection of public morals"
      },
      {
        "id": "protection-of-minors",
        "title": "Protection of minors"
      },
      {
        "id": "data-protection",
        "title": "Protection of personal data"
      },
      {
        "id": "network-security",
        "title": "Security of the network and its users"
      },
      {
        "id": "subscriber-choice",
        "title": "What the subscriber asked for"
      }
    ]
  },
  {
    "id": "https://demarc.example/vocabulary/1/categories",
    "title": "Categories of rules",
    "owner": "demarc contributors",
    "licence": "Apache-2.0",
    "stability": "stable",
    "version": "1.0.0",
    "source": "Statement categories of the DSA Transparency Database (Regulation (EU) 2022/2065, Article 24(5)); the rest are of this project",
    "terms": [
      {
        "id": "STATEMENT_CATEGORY_ANIMAL_WELFARE",
        "title": "Animal welfare"
      },
      {
        "id": "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
        "title": "Consumer information infringements"
      },
      {
        "id": "STATEMENT_CATEGORY_CYBER_VIOLENCE",
        "title": "Cyber violence"
      },
      {
        "id": "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        "title": "Cyber violence against women"
      },
      {
        "id": "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "title": "Data protection and privacy violations"
      },
      {
        "id": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        "title": "Illegal or harmful speech"
      },
      {
        "id": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "title": "Intellectual property infringements"
      },
      {
        "id": "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "title": "Negative effects on civic discourse or elections"
      },
      {
        "id": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
        "title": "Protection of minors"
      },
      {
        "id": "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
        "title": "Risk for public security"
      },
      {
        "id": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "title": "Scams and fraud"
      },
      {
        "id": "STATEMENT_CATEGORY_SELF_HARM",
        "title": "Self-harm"
      },
      {
        "id": "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
        "title": "Unsafe, non-compliant or prohibited products"
      },
      {
        "id": "STATEMENT_CATEGORY_VIOLENCE",
        "title": "Violence"
      },
      {
        "id": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "title": "Other violation of terms and conditions"
      },
      {
        "id": "sanctions",
        "title": "Restrictive measures"
      },
      {
        "id": "data-residency",
        "title": "Data that must stay in a territory"
      },
      {
        "id": "security",
        "title": "Network security"
      },
      {
        "id": "exception",
        "title": "Exception from another rule"
      }
    ]
  }
];
