import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;
type RulesByField = ReturnType<Storage['groupByPropertyName']>;

const taught = new WeakSet<Storage>();

/**
 * class-validator 0.15 gathers a class's rules anew for every object it checks, looking at every class there is for
 * those it inherits: most of what a check costs, and for a list of records once an item. Rules are declared when a class
 * is loaded and never change, so from here on they are gathered once a class. What is checked stays the same.
 */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  if (taught.has(storage)) return;
  taught.add(storage);
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  const ofClass = new WeakMap<object, Rules>();
  const byField = new WeakMap<Rules, RulesByField>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    const plain = !schema && !always && !strictGroups && groups === undefined;
    if (!plain) return gather(target, schema, always, strictGroups, groups);
    let rules = ofClass.get(target);
    if (rules === undefined) ofClass.set(target, (rules = gather(target, schema, false, false)));
    return rules;
  };
  storage.groupByPropertyName = (rules) => {
    let fields = byField.get(rules);
    if (fields === undefined) byField.set(rules, (fields = group(rules)));
    return fields;
  };
}
