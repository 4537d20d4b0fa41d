// Made from vocabularies/*/vocabulary.json by scripts/generate.ts (npm run generate). Do not edit.
import type { VocabularyDocument } from "@demarc/policy";

export const VOCABULARIES: readonly VocabularyDocument[] = [
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/aims",
    "version": "1.0.0",
    "title": {
      "en": "Aims that a restriction may have"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "docket",
        "id": "A/RES/2200A (XXI)",
        "court": "United Nations General Assembly",
        "date": "1966-12-16",
        "pinpoint": [
          "art_19/par_3"
        ]
      }
    ],
    "terms": [
      {
        "id": "rights-of-others",
        "title": {
          "en": "Respect of the rights or reputations of others"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      },
      {
        "id": "national-security",
        "title": {
          "en": "Protection of national security"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      },
      {
        "id": "public-order",
        "title": {
          "en": "Protection of public order"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      },
      {
        "id": "public-health",
        "title": {
          "en": "Protection of public health"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      },
      {
        "id": "public-morals",
        "title": {
          "en": "Protection of public morals"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      },
      {
        "id": "protection-of-minors",
        "title": {
          "en": "Protection of minors"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/44/25",
            "court": "United Nations General Assembly",
            "date": "1989-11-20"
          }
        ]
      },
      {
        "id": "data-protection",
        "title": {
          "en": "Protection of personal data"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_1"
            ]
          }
        ]
      },
      {
        "id": "network-security",
        "title": {
          "en": "Security of the network and its users"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32015R2120",
            "pinpoint": [
              "art_3/par_3"
            ]
          }
        ]
      },
      {
        "id": "subscriber-choice",
        "title": {
          "en": "What the subscriber asked for"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32015R2120",
            "pinpoint": [
              "art_3"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/authorities",
    "version": "1.0.0",
    "title": {
      "en": "Kinds of courts and authorities"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "celex",
        "id": "52011XG0429(01)"
      },
      {
        "scheme": "celex",
        "id": "32012R1215"
      }
    ],
    "terms": [
      {
        "id": "court-of-justice",
        "title": {
          "en": "Court of Justice of the European Union"
        },
        "definition": {
          "en": "ECLI court code `C` of `EU`."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32012Q0929(01)"
          },
          {
            "scheme": "celex",
            "id": "52011XG0429(01)"
          }
        ]
      },
      {
        "id": "general-court",
        "title": {
          "en": "General Court of the European Union"
        },
        "definition": {
          "en": "ECLI court code `T` of `EU`."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32015Q0423(01)"
          },
          {
            "scheme": "celex",
            "id": "52011XG0429(01)"
          }
        ]
      },
      {
        "id": "human-rights-court",
        "title": {
          "en": "Court of an international convention on human rights"
        },
        "definition": {
          "en": "Such as the European Court of Human Rights, ECLI country `CE`."
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "ETS No. 005",
            "court": "Council of Europe",
            "date": "1950-11-04",
            "pinpoint": [
              "art_19"
            ]
          },
          {
            "scheme": "celex",
            "id": "52011XG0429(01)"
          }
        ]
      },
      {
        "id": "constitutional-court",
        "title": {
          "en": "Constitutional court"
        },
        "definition": {
          "en": "Reviews statutes or protects constitutional rights, outside the ordinary courts."
        },
        "sources": [
          {
            "scheme": "eli",
            "id": "https://www.boe.es/eli/es/c/1978/12/27/(1)",
            "pinpoint": [
              "art_159",
              "art_161"
            ]
          }
        ]
      },
      {
        "id": "supreme-court",
        "title": {
          "en": "Supreme court"
        },
        "definition": {
          "en": "Last instance of the ordinary courts."
        },
        "sources": [
          {
            "scheme": "eli",
            "id": "https://www.boe.es/eli/es/lo/1985/07/01/6",
            "pinpoint": [
              "art_53"
            ]
          },
          {
            "scheme": "celex",
            "id": "32012R1215",
            "pinpoint": [
              "art_51"
            ]
          }
        ]
      },
      {
        "id": "appeal-court",
        "title": {
          "en": "Court of appeal"
        },
        "definition": {
          "en": "Reviews decisions of a lower court."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32012R1215",
            "pinpoint": [
              "art_49",
              "art_50"
            ]
          }
        ]
      },
      {
        "id": "first-instance-court",
        "title": {
          "en": "Court of first instance"
        },
        "definition": {
          "en": "Hears a case first; the court that grants an injunction against an intermediary as a rule."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32012R1215",
            "pinpoint": [
              "art_2",
              "art_3"
            ]
          },
          {
            "scheme": "celex",
            "id": "32004L0048",
            "pinpoint": [
              "art_11"
            ]
          },
          {
            "scheme": "celex",
            "id": "32001L0029",
            "pinpoint": [
              "art_8/par_3"
            ]
          }
        ]
      },
      {
        "id": "administrative-court",
        "title": {
          "en": "Administrative court"
        },
        "definition": {
          "en": "Reviews acts of authorities."
        },
        "sources": [
          {
            "scheme": "eli",
            "id": "https://www.boe.es/eli/es/lo/1985/07/01/6",
            "pinpoint": [
              "art_9/par_4"
            ]
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_78"
            ]
          }
        ]
      },
      {
        "id": "security-council",
        "title": {
          "en": "Security Council of the United Nations"
        },
        "definition": {
          "en": "Decides measures under Chapter VII of the Charter."
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "Charter of the United Nations",
            "court": "United Nations",
            "date": "1945-06-26",
            "pinpoint": [
              "chp_VII/art_41"
            ]
          }
        ]
      },
      {
        "id": "council-of-the-union",
        "title": {
          "en": "Council of the European Union"
        },
        "definition": {
          "en": "Adopts restrictive measures."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833"
          },
          {
            "scheme": "celex",
            "id": "32020D1999"
          }
        ]
      },
      {
        "id": "digital-services-coordinator",
        "title": {
          "en": "Digital Services Coordinator"
        },
        "definition": {
          "en": "Coordinates the supervision of intermediary services in a Member State."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_49",
              "art_51"
            ]
          }
        ]
      },
      {
        "id": "data-protection-authority",
        "title": {
          "en": "Data protection supervisory authority"
        },
        "definition": {
          "en": "Independent authority that monitors the application of data protection law."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_51",
              "art_58"
            ]
          }
        ]
      },
      {
        "id": "media-regulator",
        "title": {
          "en": "Audiovisual media regulator"
        },
        "definition": {
          "en": "Independent regulatory authority for audiovisual media services."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32010L0013",
            "pinpoint": [
              "art_30"
            ]
          },
          {
            "scheme": "celex",
            "id": "32024R1083",
            "pinpoint": [
              "art_7"
            ]
          }
        ]
      },
      {
        "id": "telecoms-regulator",
        "title": {
          "en": "National regulatory authority for electronic communications"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32018L1972",
            "pinpoint": [
              "art_5"
            ]
          },
          {
            "scheme": "celex",
            "id": "32015R2120",
            "pinpoint": [
              "art_5"
            ]
          }
        ]
      },
      {
        "id": "consumer-authority",
        "title": {
          "en": "Consumer protection authority"
        },
        "definition": {
          "en": "May have access to an online interface restricted where nothing else stops an infringement."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32017R2394",
            "pinpoint": [
              "art_5",
              "art_9/par_4"
            ]
          }
        ]
      },
      {
        "id": "market-surveillance-authority",
        "title": {
          "en": "Market surveillance authority"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32019R1020",
            "pinpoint": [
              "art_10",
              "art_14"
            ]
          }
        ]
      },
      {
        "id": "terrorist-content-authority",
        "title": {
          "en": "Authority that issues removal orders for terrorist content"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32021R0784",
            "pinpoint": [
              "art_3",
              "art_12"
            ]
          }
        ]
      },
      {
        "id": "cybersecurity-authority",
        "title": {
          "en": "Cybersecurity authority"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32022L2555",
            "pinpoint": [
              "art_8"
            ]
          }
        ]
      },
      {
        "id": "csirt",
        "title": {
          "en": "Computer security incident response team"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32022L2555",
            "pinpoint": [
              "art_10",
              "art_11"
            ]
          }
        ]
      },
      {
        "id": "customs-authority",
        "title": {
          "en": "Customs authority"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32013R0952",
            "pinpoint": [
              "art_5"
            ]
          },
          {
            "scheme": "celex",
            "id": "32013R0608",
            "pinpoint": [
              "art_5"
            ]
          }
        ]
      },
      {
        "id": "sanctions-authority",
        "title": {
          "en": "National authority for restrictive measures"
        },
        "definition": {
          "en": "Named by a Member State to apply Union sanctions."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0269",
            "pinpoint": [
              "art_16"
            ]
          },
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_8"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/categories",
    "version": "1.0.0",
    "title": {
      "en": "Categories of rules that no other vocabulary has"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "celex",
        "id": "32014R0833"
      },
      {
        "scheme": "celex",
        "id": "32016R0679"
      }
    ],
    "terms": [
      {
        "id": "sanctions",
        "title": {
          "en": "Restrictive measures"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833"
          }
        ]
      },
      {
        "id": "data-residency",
        "title": {
          "en": "Data that must stay in a territory"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_44"
            ]
          },
          {
            "scheme": "celex",
            "id": "32018R1807",
            "pinpoint": [
              "art_4"
            ]
          }
        ]
      },
      {
        "id": "security",
        "title": {
          "en": "Network security"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32015R2120",
            "pinpoint": [
              "art_3/par_3"
            ]
          }
        ]
      },
      {
        "id": "exception",
        "title": {
          "en": "Exception from another rule"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/2200A (XXI)",
            "court": "United Nations General Assembly",
            "date": "1966-12-16",
            "pinpoint": [
              "art_19/par_3"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/data-protection",
    "version": "1.0.0",
    "title": {
      "en": "Data protection and residency"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "celex",
        "id": "32016R0679"
      },
      {
        "scheme": "celex",
        "id": "32018R1807"
      },
      {
        "scheme": "document",
        "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
        "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
        "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
      },
      {
        "scheme": "document",
        "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
        "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
        "title": "DPV 2.2, personal data"
      }
    ],
    "terms": [
      {
        "id": "A45-3",
        "title": {
          "en": "Art 45(3) adequacy decision"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_45/par_3"
            ]
          }
        ]
      },
      {
        "id": "A46-2-a",
        "title": {
          "en": "Art 46(2-a) legal instrument"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_a"
            ]
          }
        ]
      },
      {
        "id": "A46-2-b",
        "title": {
          "en": "Art 46(2-b) Binding Corporate Rules (BCR)"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_b"
            ]
          }
        ]
      },
      {
        "id": "A46-2-c",
        "title": {
          "en": "Art 46(2-c) Standard Contractual Clauses (SCC) by EC"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_c"
            ]
          }
        ]
      },
      {
        "id": "A46-2-d",
        "title": {
          "en": "Art 46(2-d) Standard Contractual Clauses (SCC) by DPA"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_d"
            ]
          }
        ]
      },
      {
        "id": "A46-2-e",
        "title": {
          "en": "Art 46(2-e) code of conduct"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_e"
            ]
          }
        ]
      },
      {
        "id": "A46-2-f",
        "title": {
          "en": "Art 46(2-f) certification"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_2/point_f"
            ]
          }
        ]
      },
      {
        "id": "A46-3-a",
        "title": {
          "en": "Art 46(3-a) contractual clauses"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_3/point_a"
            ]
          }
        ]
      },
      {
        "id": "A46-3-b",
        "title": {
          "en": "Art 46(3-b) administrative arrangements"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46/par_3/point_b"
            ]
          }
        ]
      },
      {
        "id": "A49-1-a",
        "title": {
          "en": "Art 49(1-a) explicit consent"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_a"
            ]
          }
        ]
      },
      {
        "id": "A49-1-b",
        "title": {
          "en": "Art 49(1-b) performance of contract"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_b"
            ]
          }
        ]
      },
      {
        "id": "A49-1-c",
        "title": {
          "en": "Art 49(1-c) conclusion of contract"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_c"
            ]
          }
        ]
      },
      {
        "id": "A49-1-d",
        "title": {
          "en": "Art 49(1-d) public interest"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_d"
            ]
          }
        ]
      },
      {
        "id": "A49-1-e",
        "title": {
          "en": "Art 49(1-e) legal claims"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_e"
            ]
          }
        ]
      },
      {
        "id": "A49-1-f",
        "title": {
          "en": "Art 49(1-f) protect vital interests"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_f"
            ]
          }
        ]
      },
      {
        "id": "A49-1-g",
        "title": {
          "en": "Art 49(1-g) public register"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1/point_g"
            ]
          }
        ]
      },
      {
        "id": "A49-2",
        "title": {
          "en": "Art 49(2) legitimate interests"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/legal/eu/gdpr/modules/legal_basis_data_transfer.csv",
            "sha256": "6533a5f466cad6b742dfecc10dd0ed99cab1dd1c524aa54133b2d2dfaa96db03",
            "title": "DPV 2.2, EU GDPR extension, legal bases for data transfers"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49/par_1"
            ]
          }
        ]
      },
      {
        "id": "PersonalData",
        "title": {
          "en": "Personal Data"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_4"
            ]
          }
        ]
      },
      {
        "id": "SensitivePersonalData",
        "title": {
          "en": "Sensitive Personal Data"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          }
        ]
      },
      {
        "id": "SpecialCategoryPersonalData",
        "title": {
          "en": "Special Category Personal Data"
        },
        "broader": "SensitivePersonalData",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_9"
            ]
          }
        ]
      },
      {
        "id": "PseudonymisedData",
        "title": {
          "en": "Pseudonymised Data"
        },
        "broader": "PersonalData",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          },
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_4"
            ]
          }
        ]
      },
      {
        "id": "AnonymisedData",
        "title": {
          "en": "Anonymised Data"
        },
        "broader": "NonPersonalData",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          }
        ]
      },
      {
        "id": "NonPersonalData",
        "title": {
          "en": "Non-Personal Data"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          },
          {
            "scheme": "celex",
            "id": "32018R1807",
            "pinpoint": [
              "art_3"
            ]
          }
        ]
      },
      {
        "id": "ConfidentialData",
        "title": {
          "en": "Confidential Data"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/w3c/dpv/f01a55c3c0983e35cdfdf80593ece3353faba7b8/2.2/dpv/modules/personal_data.csv",
            "sha256": "dd335011cbbcbf416702566e2c4a11c0fc37f4037f8a72d89566b5cd2e7ba553",
            "title": "DPV 2.2, personal data"
          }
        ]
      },
      {
        "id": "in-union",
        "title": {
          "en": "Stays within the territories that the law itself covers"
        },
        "definition": {
          "en": "No transfer to a third country."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_44"
            ]
          },
          {
            "scheme": "celex",
            "id": "32018R1807",
            "pinpoint": [
              "art_4"
            ]
          }
        ]
      },
      {
        "id": "adequate",
        "title": {
          "en": "Goes to a third country with an adequacy decision only"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_45"
            ]
          }
        ]
      },
      {
        "id": "safeguarded",
        "title": {
          "en": "Goes to a third country under appropriate safeguards"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_46"
            ]
          }
        ]
      },
      {
        "id": "derogation",
        "title": {
          "en": "Goes to a third country in a specific situation only"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_49"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/dsa",
    "version": "1.0.0",
    "title": {
      "en": "Categories of statements of reasons (Digital Services Act)"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "celex",
        "id": "32022R2065",
        "pinpoint": [
          "art_17",
          "art_24/par_5"
        ]
      },
      {
        "scheme": "celex",
        "id": "32024R2835"
      },
      {
        "scheme": "document",
        "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
        "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
        "title": "DSA Transparency Database, app/Models/Statement.php"
      }
    ],
    "terms": [
      {
        "id": "STATEMENT_CATEGORY_ANIMAL_WELFARE",
        "title": {
          "en": "Animal welfare"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
        "title": {
          "en": "Consumer information infringements"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_CYBER_VIOLENCE",
        "title": {
          "en": "Cyber violence"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        "title": {
          "en": "Cyber violence against women"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "title": {
          "en": "Data protection and privacy violations"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        "title": {
          "en": "Illegal or harmful speech"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "title": {
          "en": "Intellectual property infringements"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "title": {
          "en": "Negative effects on civic discourse or elections"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
        "title": {
          "en": "Type of alleged illegal content not specified by the notifier"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "title": {
          "en": "Other violation of provider’s terms and conditions"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
        "title": {
          "en": "Protection of minors"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
        "title": {
          "en": "Risk for public security"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "title": {
          "en": "Scams and/or fraud"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_SELF_HARM",
        "title": {
          "en": "Self-harm"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
        "title": {
          "en": "Unsafe, non-compliant or prohibited products"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      },
      {
        "id": "STATEMENT_CATEGORY_VIOLENCE",
        "title": {
          "en": "Violence"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/digital-services-act/transparency-database/69e80a0bc8eb3cbfbe8246e898194c3bdf490a4b/app/Models/Statement.php",
            "sha256": "30eacd662e0fd076a5b94ce790440c71840b724b0cadb29199dcc2d7d6cc0bbc",
            "title": "DSA Transparency Database, app/Models/Statement.php"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_17",
              "art_24/par_5"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/minors",
    "version": "1.0.0",
    "title": {
      "en": "Age and the protection of children"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "docket",
        "id": "A/RES/44/25",
        "court": "United Nations General Assembly",
        "date": "1989-11-20"
      },
      {
        "scheme": "celex",
        "id": "32022R2065",
        "pinpoint": [
          "art_28"
        ]
      },
      {
        "scheme": "celex",
        "id": "32010L0013",
        "pinpoint": [
          "art_6a",
          "art_28b"
        ]
      },
      {
        "scheme": "docket",
        "id": "C/2025/5519",
        "court": "European Commission",
        "date": "2025-10-10"
      }
    ],
    "terms": [
      {
        "id": "self-declaration",
        "title": {
          "en": "Self-declaration of age"
        },
        "definition": {
          "en": "The person says its age; no other evidence."
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "C/2025/5519",
            "court": "European Commission",
            "date": "2025-10-10"
          }
        ]
      },
      {
        "id": "age-estimation",
        "title": {
          "en": "Age estimation"
        },
        "definition": {
          "en": "A method that finds that a person is likely of an age, in a range, or above or below an age."
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "C/2025/5519",
            "court": "European Commission",
            "date": "2025-10-10"
          }
        ]
      },
      {
        "id": "age-verification",
        "title": {
          "en": "Age verification"
        },
        "definition": {
          "en": "A method that rests on verified sources of identification and gives a high degree of certainty."
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "C/2025/5519",
            "court": "European Commission",
            "date": "2025-10-10"
          },
          {
            "scheme": "celex",
            "id": "32010L0013",
            "pinpoint": [
              "art_28b/par_3"
            ]
          }
        ]
      },
      {
        "id": "parental-consent",
        "title": {
          "en": "Consent of the holder of parental responsibility"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32016R0679",
            "pinpoint": [
              "art_8"
            ]
          },
          {
            "scheme": "docket",
            "id": "15 U.S.C. 6501-6506",
            "court": "Congress of the United States",
            "date": "1998-10-21"
          }
        ]
      },
      {
        "id": "parental-control",
        "title": {
          "en": "Parental control under the control of the end user"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32010L0013",
            "pinpoint": [
              "art_28b/par_3"
            ]
          }
        ]
      },
      {
        "id": "child-sexual-abuse-material",
        "title": {
          "en": "Child sexual abuse material"
        },
        "definition": {
          "en": "Pages that hold or spread it; access may be blocked with safeguards."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32011L0093",
            "pinpoint": [
              "art_5",
              "art_25"
            ]
          },
          {
            "scheme": "docket",
            "id": "CETS No. 201",
            "court": "Council of Europe",
            "date": "2007-10-25",
            "pinpoint": [
              "art_20"
            ]
          }
        ]
      },
      {
        "id": "grooming",
        "title": {
          "en": "Solicitation of children for sexual purposes"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32011L0093",
            "pinpoint": [
              "art_6"
            ]
          },
          {
            "scheme": "docket",
            "id": "CETS No. 201",
            "court": "Council of Europe",
            "date": "2007-10-25",
            "pinpoint": [
              "art_23"
            ]
          }
        ]
      },
      {
        "id": "pornography-access",
        "title": {
          "en": "Access of minors to pornography"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32010L0013",
            "pinpoint": [
              "art_6a",
              "art_28b"
            ]
          },
          {
            "scheme": "docket",
            "id": "2023 c. 50 (Online Safety Act 2023)",
            "court": "Parliament of the United Kingdom",
            "date": "2023-10-26"
          }
        ]
      },
      {
        "id": "gambling-access",
        "title": {
          "en": "Access of minors to gambling"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "C/2025/5519",
            "court": "European Commission",
            "date": "2025-10-10"
          },
          {
            "scheme": "celex",
            "id": "32014H0478"
          }
        ]
      },
      {
        "id": "alcohol-tobacco-sale",
        "title": {
          "en": "Sale of alcohol or tobacco to minors"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "C/2025/5519",
            "court": "European Commission",
            "date": "2025-10-10"
          },
          {
            "scheme": "celex",
            "id": "32014L0040",
            "pinpoint": [
              "art_18"
            ]
          }
        ]
      },
      {
        "id": "harmful-audiovisual-content",
        "title": {
          "en": "Audiovisual content that may impair the development of minors"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32010L0013",
            "pinpoint": [
              "art_6a",
              "art_28b"
            ]
          }
        ]
      },
      {
        "id": "advertising-profiling-minors",
        "title": {
          "en": "Advertising to minors by profiling"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_28/par_2"
            ]
          }
        ]
      },
      {
        "id": "harm-to-minors",
        "title": {
          "en": "Other harm to minors"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "A/RES/44/25",
            "court": "United Nations General Assembly",
            "date": "1989-11-20"
          },
          {
            "scheme": "celex",
            "id": "32022R2065",
            "pinpoint": [
              "art_28/par_1"
            ]
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/network-security",
    "version": "1.0.0",
    "title": {
      "en": "Network security"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "document",
        "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
        "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
        "title": "Reference Security Incident Taxonomy, version 1003"
      },
      {
        "scheme": "celex",
        "id": "32022L2555",
        "pinpoint": [
          "art_6",
          "art_23"
        ]
      },
      {
        "scheme": "celex",
        "id": "32015R2120",
        "pinpoint": [
          "art_3/par_3"
        ]
      }
    ],
    "terms": [
      {
        "id": "abusive-content",
        "title": {
          "en": "Abusive Content"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "spam",
        "title": {
          "en": "Spam"
        },
        "broader": "abusive-content",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "harmful-speech",
        "title": {
          "en": "Harmful Speech"
        },
        "broader": "abusive-content",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "violence",
        "title": {
          "en": "(Child) Sexual Exploitation/Sexual/Violent Content"
        },
        "broader": "abusive-content",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "malicious-code",
        "title": {
          "en": "Malicious Code"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "infected-system",
        "title": {
          "en": "Infected System"
        },
        "broader": "malicious-code",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "c2-server",
        "title": {
          "en": "C2 Server"
        },
        "broader": "malicious-code",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "malware-distribution",
        "title": {
          "en": "Malware Distribution"
        },
        "broader": "malicious-code",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "malware-configuration",
        "title": {
          "en": "Malware Configuration"
        },
        "broader": "malicious-code",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "information-gathering",
        "title": {
          "en": "Information Gathering"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "scanner",
        "title": {
          "en": "Scanning"
        },
        "broader": "information-gathering",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "sniffing",
        "title": {
          "en": "Sniffing"
        },
        "broader": "information-gathering",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "social-engineering",
        "title": {
          "en": "Social Engineering"
        },
        "broader": "information-gathering",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "intrusion-attempts",
        "title": {
          "en": "Intrusion Attempts"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "ids-alert",
        "title": {
          "en": "Exploitation of Known Vulnerabilities"
        },
        "broader": "intrusion-attempts",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "brute-force",
        "title": {
          "en": "Login Attempts"
        },
        "broader": "intrusion-attempts",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "exploit",
        "title": {
          "en": "New Attack Signature"
        },
        "broader": "intrusion-attempts",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "intrusions",
        "title": {
          "en": "Intrusions"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "privileged-account-compromise",
        "title": {
          "en": "Privileged Account Compromise"
        },
        "broader": "intrusions",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "unprivileged-account-compromise",
        "title": {
          "en": "Unprivileged Account Compromise"
        },
        "broader": "intrusions",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "application-compromise",
        "title": {
          "en": "Application Compromise"
        },
        "broader": "intrusions",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "system-compromise",
        "title": {
          "en": "System Compromise"
        },
        "broader": "intrusions",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "burglary",
        "title": {
          "en": "Burglary"
        },
        "broader": "intrusions",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "availability",
        "title": {
          "en": "Availability"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "dos",
        "title": {
          "en": "Denial of Service"
        },
        "broader": "availability",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "ddos",
        "title": {
          "en": "Distributed Denial of Service"
        },
        "broader": "availability",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "misconfiguration",
        "title": {
          "en": "Misconfiguration"
        },
        "broader": "availability",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "sabotage",
        "title": {
          "en": "Sabotage"
        },
        "broader": "availability",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "outage",
        "title": {
          "en": "Outage"
        },
        "broader": "availability",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "information-content-security",
        "title": {
          "en": "Information Content Security"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "unauthorised-information-access",
        "title": {
          "en": "Unauthorised Access to Information"
        },
        "broader": "information-content-security",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "unauthorised-information-modification",
        "title": {
          "en": "Unauthorised Modification of Information"
        },
        "broader": "information-content-security",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "data-loss",
        "title": {
          "en": "Data Loss"
        },
        "broader": "information-content-security",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "data-leak",
        "title": {
          "en": "Leak of Confidential Information"
        },
        "broader": "information-content-security",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "fraud",
        "title": {
          "en": "Fraud"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "unauthorised-use-of-resources",
        "title": {
          "en": "Unauthorised Use of Resources"
        },
        "broader": "fraud",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "copyright",
        "title": {
          "en": "Copyright"
        },
        "broader": "fraud",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "masquerade",
        "title": {
          "en": "Masquerade"
        },
        "broader": "fraud",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "phishing",
        "title": {
          "en": "Phishing"
        },
        "broader": "fraud",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "vulnerable",
        "title": {
          "en": "Vulnerable"
        },
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "weak-crypto",
        "title": {
          "en": "Weak Cryptography"
        },
        "broader": "vulnerable",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "ddos-amplifier",
        "title": {
          "en": "DDoS Amplifier"
        },
        "broader": "vulnerable",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "potentially-unwanted-accessible",
        "title": {
          "en": "Potentially Unwanted Accessible Services"
        },
        "broader": "vulnerable",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "information-disclosure",
        "title": {
          "en": "Information Disclosure"
        },
        "broader": "vulnerable",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      },
      {
        "id": "vulnerable-system",
        "title": {
          "en": "Vulnerable System"
        },
        "broader": "vulnerable",
        "sources": [
          {
            "scheme": "document",
            "id": "https://raw.githubusercontent.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force/b9ad1f843025bb3e8aefa308cdaf0cc22d4f4b77/working_copy/machinev1",
            "sha256": "bfaa07dd3d578ffa628170c49cdaa04b6fea8f27d8b80b2850569503fb0a53d6",
            "title": "Reference Security Incident Taxonomy, version 1003"
          }
        ]
      }
    ]
  },
  {
    "kind": "vocabulary",
    "specVersion": "1.0",
    "id": "https://demarc.example/vocabulary/1/sanctions",
    "version": "1.0.0",
    "title": {
      "en": "Restrictive measures (sanctions)"
    },
    "owner": {
      "name": "demarc contributors",
      "type": "association",
      "jurisdiction": "DE"
    },
    "licence": "Apache-2.0",
    "stability": "stable",
    "sources": [
      {
        "scheme": "celex",
        "id": "32014R0833"
      },
      {
        "scheme": "celex",
        "id": "32014R0269"
      },
      {
        "scheme": "docket",
        "id": "S/RES/1267 (1999)",
        "court": "United Nations Security Council",
        "date": "1999-10-15"
      }
    ],
    "terms": [
      {
        "id": "asset-freeze",
        "title": {
          "en": "Freezing of funds and economic resources"
        },
        "definition": {
          "en": "Includes the ban on making them available; a web shop of a listed person can fall under it."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0269",
            "pinpoint": [
              "art_2"
            ]
          },
          {
            "scheme": "celex",
            "id": "32001R2580",
            "pinpoint": [
              "art_2"
            ]
          }
        ]
      },
      {
        "id": "broadcasting-suspension",
        "title": {
          "en": "Suspension of broadcasting"
        },
        "definition": {
          "en": "Transmission and distribution by any means, of content of listed persons."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_2f"
            ]
          },
          {
            "scheme": "celex",
            "id": "32022R0350",
            "pinpoint": [
              "art_1"
            ]
          }
        ]
      },
      {
        "id": "transaction-ban",
        "title": {
          "en": "Ban on transactions with listed persons"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_5aa"
            ]
          }
        ]
      },
      {
        "id": "service-ban",
        "title": {
          "en": "Ban on services"
        },
        "definition": {
          "en": "Such as IT consultancy, software or financial services to listed persons."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_5n"
            ]
          },
          {
            "scheme": "celex",
            "id": "32006R0765"
          }
        ]
      },
      {
        "id": "export-ban",
        "title": {
          "en": "Ban on supply, sale, transfer and export"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_2",
              "art_2a",
              "art_3"
            ]
          }
        ]
      },
      {
        "id": "import-ban",
        "title": {
          "en": "Ban on purchase and import"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_3i",
              "art_3m"
            ]
          }
        ]
      },
      {
        "id": "arms-embargo",
        "title": {
          "en": "Arms embargo"
        },
        "sources": [
          {
            "scheme": "docket",
            "id": "S/RES/1718 (2006)",
            "court": "United Nations Security Council",
            "date": "2006-10-14",
            "pinpoint": [
              "par_8"
            ]
          },
          {
            "scheme": "celex",
            "id": "32008E0944"
          }
        ]
      },
      {
        "id": "capital-market-ban",
        "title": {
          "en": "Restriction of access to capital markets"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_5"
            ]
          }
        ]
      },
      {
        "id": "travel-ban",
        "title": {
          "en": "Restriction of admission"
        },
        "definition": {
          "en": "Here so that a regime can be told whole; it is nothing that a network enforces."
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32020D1999",
            "pinpoint": [
              "art_2"
            ]
          }
        ]
      },
      {
        "id": "circumvention",
        "title": {
          "en": "Ban on knowing circumvention"
        },
        "sources": [
          {
            "scheme": "celex",
            "id": "32014R0833",
            "pinpoint": [
              "art_12"
            ]
          },
          {
            "scheme": "celex",
            "id": "32024L1226",
            "pinpoint": [
              "art_3"
            ]
          }
        ]
      }
    ]
  }
];
