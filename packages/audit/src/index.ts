export {
  type Checkpoint,
  formatCheckpoint,
  parseCheckpoint,
  parseSignedCheckpoint,
  type SignedCheckpoint,
  verifyCheckpoint,
} from "./checkpoint.ts";
export {
  type Cosignature,
  cosignatureLine,
  cosignedBytes,
  cosignedMessage,
  cosignNote,
  type SignatureCheck,
  verifyCosignatures,
} from "./cosignature.ts";
export {
  type CosignerAlgorithm,
  type CosignerKey,
  cosignerKey,
  formatCosignerKey,
  parseCosignerKey,
} from "./cosigner-key.ts";
export { signNote, verifierKeyOf, verifyEd25519, verifyNote } from "./ed25519.ts";
export type {
  AppealEntry,
  CheckpointReference,
  ClientPseudonym,
  CountEntry,
  DataActivatedEntry,
  DataSource,
  DecisionEntry,
  EngineReference,
  Entry,
  EntryCitation,
  EntryInput,
  EntryLaw,
  EntryPlace,
  EpochEntry,
  GapEntry,
  Ground,
  HeartbeatEntry,
  Instant,
  KeyEntry,
  NoticeEntry,
  OverrideEntry,
  PolicyActivatedEntry,
  PolicyReference,
  PolicyRefusedEntry,
  PolicyRetiredEntry,
  PolicySetReference,
  ReleaseEntry,
  ReleaseNoise,
  SealedField,
} from "./entry.ts";
export { decodeBundle, encodeBundle, MAX_ENTRY_LENGTH } from "./entry-bundle.ts";
export { decodeEntry, encodeEntry } from "./entry-codec.ts";
export { entrySchema } from "./entry-schema.ts";
export {
  type ForkEvidence,
  type ForkPrefix,
  type ForkSide,
  forkPrefix,
  forkSide,
  formatForkEvidence,
  parseForkEvidence,
  verifyForkEvidence,
} from "./fork-evidence.ts";
export { emptyRoot, HASH_LENGTH, type Hash, leafHash, nodeHash, sha256 } from "./hash.ts";
export {
  formatSignerKey,
  formatVerifierKey,
  noteKeyId,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  type VerifierKey,
} from "./key.ts";
export { lastingPart } from "./lasting-part.ts";
export { formatNote, type Note, type NoteSignature, parseNote } from "./note.ts";
export {
  clientPseudonym,
  commitTo,
  EPOCH_KEY_BYTES,
  epochCommitment,
  hmacSha256,
  type Opening,
  SALT_BYTES,
  verifyOpening,
} from "./privacy.ts";
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "./proof.ts";
export { endIndex, mayPrune } from "./prune.ts";
export {
  agreesWithRelease,
  type Cell,
  CellCounter,
  publishableCells,
  RELEASE_DIMENSIONS,
  type ReleaseDimension,
} from "./release.ts";
export type { AuditIssue, AuditResult } from "./result.ts";
export {
  bundlePath,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  type TilePath,
  tileNodeReader,
  tilePath,
  tilesOf,
  tileWidth,
} from "./tile.ts";
export {
  isQuorum,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  parseTlogPolicy,
  type TlogPolicy,
} from "./tlog-policy.ts";
export { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from "./tlog-proof.ts";
export { type NodeReader, type TreeNode, treeRoot } from "./tree.ts";
export {
  type PolicyCheckOptions,
  verifyCheckpointByPolicy,
  verifyProofByPolicy,
  type WitnessedCheckpoint,
} from "./verify-by-policy.ts";
export {
  type AddCheckpoint,
  formatAddCheckpoint,
  parseAddCheckpoint,
  parseCosignatureLines,
  withSignatures,
  witnessedPath,
} from "./witness-protocol.ts";
