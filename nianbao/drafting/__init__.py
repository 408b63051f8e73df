"""The narrative sections: drafted from facts and confirmed statements, every figure in a slot."""
