/** 13 to 19 digits, also in groups, that are no part of a longer number or name. */
const candidate = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g

/** Prefixes and lengths that card issuers use. */
const issuer =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12,15}|62\d{14,17})$/

/** Replaces numbers that an issuer could have given and whose check digit fits. */
export function replaceCardNumbers(text: string, replacement: string): string {
  return text.replace(candidate, (digits) => (isCardNumber(digits) ? replacement : digits))
}

function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return issuer.test(digits) && luhnSum(digits) % 10 === 0
}

/** @see ISO/IEC 7812-1, annex B (Luhn) */
function luhnSum(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const weighted = i % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum
}
