export type { ContractCase } from './contract-case';
export { storeContract } from './store-contract';
