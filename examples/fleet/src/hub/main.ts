import { startHub } from '@breakwater/hub'
import { linkToParent } from '../process/parent-link.ts'
import { readHubSettings } from './hub-settings.ts'

const hub = await startHub(readHubSettings())
linkToParent({ port: Number(new URL(hub.url).port), adminPort: 0 }, () => hub.close())
