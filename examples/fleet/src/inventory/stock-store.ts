import { DatabaseSync } from 'node:sqlite'
import { catalogue } from './catalogue.ts'

/** What is in stock of one product. */
export interface Stock {
  readonly productId: string
  readonly title: string
  readonly available: number
}

/** The stock of the shop, in a SQLite database. */
export interface StockStore {
  find(productId: string): Stock | undefined
  /** Takes pieces for an order, once however often it is asked; false when there are too few. */
  reserve(orderId: string, productId: string, quantity: number): boolean
  close(): void
}

const deliverySize = 500
const keptReservations = 50_000

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS stock (
    product_id TEXT PRIMARY KEY, title TEXT NOT NULL, available INTEGER NOT NULL CHECK (available >= 0)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS reservation (
    id INTEGER PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, product_id TEXT NOT NULL, quantity INTEGER NOT NULL
  ) STRICT;
`

/** Opens the database, makes its tables and first stock when they are missing. */
export function openStockStore(file: string): StockStore {
  const db = new DatabaseSync(file)
  db.exec(schema)
  const insert = db.prepare('INSERT OR IGNORE INTO stock (product_id, title, available) VALUES (?, ?, ?)')
  for (const { id, title } of catalogue) insert.run(id, title, deliverySize)
  const select = db.prepare(
    'SELECT product_id AS productId, title, available FROM stock WHERE product_id = ?',
  )
  return {
    find: (productId) => select.get(productId) as Stock | undefined,
    reserve: reserver(db),
    close: () => db.close(),
  }
}

function reserver(db: DatabaseSync): StockStore['reserve'] {
  const known = db.prepare('SELECT 1 FROM reservation WHERE order_id = ?')
  const take = db.prepare(
    'UPDATE stock SET available = available - ?1 WHERE product_id = ?2 AND available >= ?1',
  )
  const note = db.prepare('INSERT INTO reservation (order_id, product_id, quantity) VALUES (?, ?, ?)')
  const forget = db.prepare(`DELETE FROM reservation WHERE id <= ? - ${keptReservations}`)
  const deliver = db.prepare(
    `UPDATE stock SET available = available + ${deliverySize} WHERE product_id = ? AND available < ${deliverySize / 5}`,
  )
  return (orderId, productId, quantity) => {
    if (known.get(orderId) !== undefined) return true
    db.exec('BEGIN IMMEDIATE')
    const isTaken = take.run(quantity, productId).changes === 1
    if (isTaken) {
      const { lastInsertRowid } = note.run(orderId, productId, quantity)
      forget.run(lastInsertRowid)
      // The warehouse sends a delivery when a product runs low, so the shop can run for days.
      deliver.run(productId)
    }
    db.exec('COMMIT')
    return isTaken
  }
}
