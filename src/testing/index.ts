export { storeContract } from './store-contract';
export type { ContractCase } from './store-contract';
