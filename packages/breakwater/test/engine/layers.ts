import { flowLayers } from './flow-layers.ts'
import type { Layer, LayerWorld } from './layer.ts'
import type { LayerPlan } from './layer-plans.ts'
import { limitLayers } from './limit-layers.ts'
import { targetLayers } from './target-layers.ts'

type Maker = (plan: LayerPlan, world: LayerWorld) => Layer

const makers: { readonly [Kind in LayerPlan['kind']]: unknown } = {
  ...flowLayers,
  ...limitLayers,
  ...targetLayers,
}

/** Makes the policy that a plan describes; all its listeners and rules meddle. */
export function layerOf(plan: LayerPlan, world: LayerWorld): Layer {
  return (makers[plan.kind] as Maker)(plan, world)
}
