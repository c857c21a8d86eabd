/** The value that a colour of the style sheet has now, in the theme in force, for use on a canvas. */
export function readColor(host: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--${name})`
  host.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
