import type { NameJudge } from './secretNames.ts';

/** What is longer is rarely so plain from end to end. */
const longestClean = 200;
/** Words, numbers and the signs of sentences: without any of which an address, a pair, a call or a structure is written. */
const plainSigns = /^[\w #.,;!?+\u4e00-\u9fff，。、；！？-]*$/;
/** What may be a key, or base64; an option; an address of a machine. */
const mayHold = /[\w+-]{12}|(?:^|\s)-|--|-p|\d\.\d{1,3}\.\d/;
/** Words that a secret follows without a sign. */
const tellingWord =
  /bearer|basic|using|with|via|auth|rasdial|log ?(?:in|on)|sign|ident|otp|2fa|mfa|sqlplus|impdp|expdp|sqlldr|sp_|net {1,2}use|SecureString|\byour\b|\buse \d|community|nircmd|\d is |凭|登|认|账|帐/i;

/**
 * Whether a short text holds nothing that could tell a secret: no name of one, no sign and no word that stands
 * before one. It takes a tenth of looking for them, and most of what a robot is given is so plain.
 */
export function isClean(text: string, { hint }: NameJudge): boolean {
  if (text.length > longestClean || !plainSigns.test(text)) return false;
  if (mayHold.test(text) || tellingWord.test(text)) return false;
  hint.lastIndex = 0;
  return !hint.test(text);
}
