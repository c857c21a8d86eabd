import type { ReactNode } from 'react'
import { Section } from '../../../shared/layout/section.tsx'
import { usePreferences } from '../../../shared/preferences/use-preferences.ts'
import { HubSection } from './hub-section.tsx'
import { SessionForm } from './session-form.tsx'

/** What concerns this browser, and how the hub does. */
export function SettingsPage(): ReactNode {
  return (
    <div className="settings">
      <h1>Settings</h1>
      <Section title="Appearance">
        <ThemeChoice />
      </Section>
      <Section title="Who you are">
        <NameField />
      </Section>
      <HubSection />
      <Section title="Access">
        <SessionForm />
      </Section>
    </div>
  )
}

const themes = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

function ThemeChoice(): ReactNode {
  const [{ theme }, setPreferences] = usePreferences()
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">Theme</legend>
      {themes.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name="theme"
            checked={theme === value}
            onChange={() => setPreferences({ theme: value })}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

function NameField(): ReactNode {
  const [{ name }, setPreferences] = usePreferences()
  return (
    <label className="field">
      <span>Name that your overrides are signed with</span>
      <input
        value={name}
        maxLength={100}
        autoComplete="name"
        onChange={(event) => setPreferences({ name: event.target.value })}
      />
    </label>
  )
}
