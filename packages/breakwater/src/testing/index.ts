export { seededRandom } from '../random/seeded-random.ts'
export { FakeClock, type FakeClockOptions } from './fake-clock.ts'
