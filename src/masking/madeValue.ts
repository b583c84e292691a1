import { holdsBase64Text } from './base64Text.ts';
import { whereFrom } from './secretNames.ts';
import { looksMade, looksMixed, type SecretName, type SecretSpan } from './secretSpan.ts';

/** Whether what stands behind a name that may be ordinary is a secret by its look. */
export function isMadeFor(name: SecretName, text: string, { start, end }: SecretSpan): boolean {
  // The names within say what the values of headers are.
  if (/headers?$/i.test(name.text) && /[[({]/.test(text.slice(name.end, start))) return false;
  return isMadeValue(name.text, text.slice(start, end));
}

/** `signature`, `salt`, `tokens`, `header`, `user_key`: each has values that are no secrets. */
export function isMadeValue(name: string, value: string): boolean {
  if (/headers?$/i.test(name)) {
    return isLong(value) && !/[^\w+/=.~]/.test(value) && !holdsBase64Text(value);
  }
  // That of an invoice has 20 digits.
  if (name.endsWith('校验码')) return /^(?=\D*\d)[a-z\d]{4,8}$/i.test(value) || looksMixed(value);
  if (whereFrom.test(name)) return looksMixed(value);
  if (/^sas$/i.test(name)) return looksMade(value) && (looksMixed(value) || isLong(value));
  if (name === 'p') return value.length >= 8 && looksMixed(value);
  if (/webhook/i.test(name)) return isMadeAddress(value);
  if (
    /(?:tokens|salt|sess(?:ion)?(?:id)?|[_-]?id|(?:凭证|凭据|憑據|憑證|鉴权|鑑權)(?:信息|資訊)?)$/i.test(
      name,
    )
  )
    return looksMade(value);
  if (/keys?$|seed$/i.test(name)) return isMadeKey(value);
  return isLong(value) && !/[^\w+/=.%-]/.test(value);
}

function isLong(value: string): boolean {
  return value.length >= 16 && looksMade(value);
}

/** Mixed as passwords are, or a long word without parts: an order's number and a UUID have some. */
function isMadeKey(value: string): boolean {
  if (/^[A-Z2-7]{16,64}$/.test(value)) return true;
  if (!looksMade(value)) return false;
  return (
    looksMixed(value) || value.startsWith('$2') || (value.length >= 24 && !/[^\w+/=]/.test(value))
  );
}

/** An address whose last part is a word that nobody chose. */
function isMadeAddress(value: string): boolean {
  return value.split(/[/?&=]/).some((part) => part.length >= 16 && isMadeKey(part));
}
