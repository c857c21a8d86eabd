/** A whole number with commas: `1,234`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A share in whole percent: `97 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
